using System.Globalization;
using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Bodies;

/// <summary>Who holds which post as at the dates of a view.</summary>
internal static class Holders
{
    /// <summary>Appointments that run on the effective date, by post, with the person's name.</summary>
    public static async Task<ILookup<string, (StoredRecord<Appointment> Held, string Name)>> ListAsync(RecordView view, CancellationToken cancellation)
    {
        var people = (await view.ListAsync<Person>(cancellation)).ToDictionary(person => person.Key, person => person.Body.Title, StringComparer.Ordinal);
        return (await view.ListAsync<Appointment>(cancellation))
            .Where(held => (held.Body.From is not { } from || from.First <= view.At.Effective) && (held.Body.Until is not { } until || until.Last >= view.At.Effective))
            .ToLookup(held => held.Body.Post, held => (held, people.GetValueOrDefault(held.Body.Person, held.Body.Person)), StringComparer.Ordinal);
    }

    /// <summary>Who holds a post, as a cell.</summary>
    public static Said On(ILookup<string, (StoredRecord<Appointment> Held, string Name)> holders, string post)
    {
        var held = holders[post].ToList();
        return held.Count == 0
            ? new Said("nobody on record", Standing.Missing)
            : new Said(string.Join(", ", held.Select(one => one.Name + (one.Held.Body.Acting ? " (acting)" : ""))), Reference: $"person:{held[0].Held.Body.Person}");
    }
}

/// <summary>Posts: who holds each, and the tenure expected.</summary>
internal sealed class PostReading : IRecordReading
{
    public string Kind => "post";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var holders = await Holders.ListAsync(view, cancellation);
        var held = records.Count(record => holders.Contains(record.Key));
        var headline = records.Count == 0 ? "No post is on record"
            : $"{(held == 0 ? "Nobody is on record in any" : held == records.Count ? "Somebody is on record in each" : $"{Numbers.InWords(held, capital: true)} of {Numbers.InWords(records.Count)} posts have a holder on record, nobody in the other {Numbers.InWords(records.Count - held)}")}{(held == 0 || held == records.Count ? $" of {Numbers.Counted(records.Count, "post", "posts")}" : "")}";
        return new(headline, ["Held by", "Tenure expected"], records.ToDictionary(
            record => record.Key, record => (IReadOnlyList<Said>)[Holders.On(holders, record.Key), Tenure((Post)record.Body)], StringComparer.Ordinal));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var post = (Post)record.Body;
        var holder = Holders.On(await Holders.ListAsync(view, cancellation), record.Key);
        var appointments = (await view.ListAsync<Appointment>(cancellation)).Where(held => held.Body.Post == record.Key).OrderBy(held => held.Body.From?.First).ToList();
        var people = (await view.ListAsync<Person>(cancellation)).ToDictionary(person => person.Key, person => person.Body.Title, StringComparer.Ordinal);
        return new(
            holder.Standing == Standing.Missing ? "Nobody is on record as holding it" : $"Held by {holder.Text}",
            appointments.Count == 0 ? [] :
            [
                new ReadingPart("holders", "Who holds it", null, ["Person", "From", "Until", "Tenure"], [.. appointments.Select(held => (IReadOnlyList<Said>)
                [
                    new Said(people.GetValueOrDefault(held.Body.Person, held.Body.Person), Reference: held.Reference), held.Body.From?.Text ?? new Said("not stated", Standing.Missing),
                    held.Body.Until?.Text ?? "open", AppointmentReading.Tenure(held.Body, post, view.At.Effective),
                ])]),
            ]);
    }

    private static Said Tenure(Post post) => post.TenureYears is { } years ? $"{years.ToString("0.#", CultureInfo.InvariantCulture)} years" : "none stated";
}

/// <summary>Appointments: how long each has run, against the tenure that the post expects.</summary>
internal sealed class AppointmentReading : IRecordReading
{
    public string Kind => "appointment";

    public async Task<ListReading> ReadAsync(RecordView view, IReadOnlyList<StoredRecord> records, CancellationToken cancellation = default)
    {
        var posts = (await view.ListAsync<Post>(cancellation)).ToDictionary(post => post.Key, post => post.Body, StringComparer.Ordinal);
        var all = records.OfType<StoredRecord<Appointment>>().ToList();
        var undated = all.Count(one => one.Body.From is null);
        var headline = all.Count == 0 ? "No appointment is on record"
            : $"{Numbers.Counted(all.Count, "appointment", "appointments", capital: true)} on record{(undated > 0 ? $", {Numbers.InWords(undated)} without a first day" : "")}";
        return new(headline, ["Tenure"], all.ToDictionary(one => one.Key, one => (IReadOnlyList<Said>)[Tenure(one.Body, posts.GetValueOrDefault(one.Body.Post), view.At.Effective)], StringComparer.Ordinal));
    }

    public async Task<RecordReading> ReadAsync(RecordView view, StoredRecord record, CancellationToken cancellation = default)
    {
        var appointment = (Appointment)record.Body;
        var said = Tenure(appointment, (await view.FindAsync<Post>(appointment.Post, cancellation))?.Body, view.At.Effective).Text;
        return new(char.ToUpperInvariant(said[0]) + said[1..], []);
    }

    /// <summary>How long an appointment runs or ran, against what the post expects.</summary>
    internal static Said Tenure(Appointment appointment, Post? post, DateOnly effective)
    {
        if (appointment.From is not { } from)
        {
            return new Said("since when is not stated", Standing.Missing);
        }

        var end = appointment.Until ?? PartialDate.Of(effective);
        if (end.Last < from.First)
        {
            return new Said($"begins {from.Text}");
        }

        var (least, most) = (Math.Max(0, QueryArithmetic.Months(from.Last, end.First)) / 12, QueryArithmetic.Months(from.First, end.Last) / 12);
        var years = Math.Floor(least * 10) == Math.Floor(most * 10) ? Say(most) : $"{Say(least)} to {Say(most)}";
        var ran = $"{(appointment.Until is null ? "so far" : "for")} {years} years";
        return post?.TenureYears is not { } expected ? new Said(ran)
            : least >= expected ? new Said($"{ran}, {Say(expected)} expected", Standing.Good)
            : appointment.Until is null ? new Said($"{ran} of {Say(expected)} expected")
            : most < expected ? new Said($"{ran}, {Say(expected)} expected", Standing.Watch)
            : new Said($"{ran}, {Say(expected)} expected; the dates are too coarse to tell", Standing.Missing);
    }

    private static string Say(decimal years) => (Math.Floor(years * 10) / 10).ToString("0.#", CultureInfo.InvariantCulture);
}
