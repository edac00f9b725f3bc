using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Web.Components.Dates;

/// <summary>
/// The dates a page answers for, read from its address (<c>effective</c>, <c>known</c>, both yyyy-MM-dd, and <c>recorded</c>, an instant), so
/// that a link shows its reader what its sender saw. One a request.
/// </summary>
public sealed class PageDates
{
    /// <summary>Name of the query parameter of the day shown.</summary>
    public const string EffectiveName = "effective";

    /// <summary>Name of the query parameter of the day of knowledge.</summary>
    public const string KnownName = "known";

    /// <summary>Name of the query parameter of the instant by which the store had recorded it; absent for now.</summary>
    public const string RecordedName = "recorded";

    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private readonly List<Problem> _problems = [];

    /// <summary>Reads the dates of the current request.</summary>
    public PageDates(IHttpContextAccessor accessor, TimeProvider clock)
    {
        Today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), London).DateTime);
        var query = accessor.HttpContext?.Request.Query;
        var effective = Date(query, EffectiveName);
        var known = Date(query, KnownName);
        DateTimeOffset? recorded = null;
        if (query?[RecordedName].FirstOrDefault() is { Length: > 0 } text)
        {
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
            {
                recorded = instant;
                if (instant > clock.GetUtcNow())
                {
                    _problems.Add(new Problem("Nothing is recorded yet at the instant in the address", "address", Field: RecordedName, Found: text, Accepted: "an instant up to now"));
                }
            }
            else
            {
                _problems.Add(new Problem("Recorded must be an instant", "address", Field: RecordedName, Found: text, Accepted: "2017-05-12T17:00:00Z"));
            }
        }

        if (known > Today)
        {
            _problems.Add(new Problem($"Nothing is known yet on the day in the address ({KnownName})", "address", Field: KnownName, Found: Iso(known.Value), Accepted: $"a day up to today, {Iso(Today)}"));
        }

        InAddress = effective is not null && known is not null;
        At = new AsAt(effective ?? Today, known ?? Today, recorded);
    }

    /// <summary>Today in London.</summary>
    public DateOnly Today { get; }

    /// <summary>The dates to answer for; today where the address says nothing.</summary>
    public AsAt At { get; }

    /// <summary>Whether the address carries both dates.</summary>
    public bool InAddress { get; }

    /// <summary>What is wrong with the dates of the address.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>A path of this site with the dates of this page added, unless it carries its own.</summary>
    public string Keep(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return InAddress && path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains(EffectiveName + "=", StringComparison.Ordinal)
            ? With(path, At.Effective, At.Known)
            : path;
    }

    /// <summary>A path of this site with other dates.</summary>
    public string With(string path, DateOnly effective, DateOnly known)
    {
        ArgumentNullException.ThrowIfNull(path);
        var fragment = path.IndexOf('#', StringComparison.Ordinal);
        var tail = fragment < 0 ? "" : path[fragment..];
        var dated = QueryHelpers.AddQueryString(fragment < 0 ? path : path[..fragment], EffectiveName, Iso(effective));
        dated = QueryHelpers.AddQueryString(dated, KnownName, Iso(known));
        if (At.Recorded is { } recorded)
        {
            dated = QueryHelpers.AddQueryString(dated, RecordedName, recorded.ToString("o", CultureInfo.InvariantCulture));
        }

        return dated + tail;
    }

    /// <summary>A request's address with some query parameters replaced (null removes), the others kept in their order.</summary>
    public static string Replace(HttpRequest request, params (string Name, string? Value)[] changes)
    {
        ArgumentNullException.ThrowIfNull(request);
        var address = new StringBuilder(request.PathBase.Add(request.Path));
        var query = new QueryBuilder();
        foreach (var (name, values) in request.Query)
        {
            if (!changes.Any(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                query.Add(name, values.Select(v => v ?? ""));
            }
        }

        foreach (var (name, value) in changes)
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }

        return address.Append(query.ToQueryString()).ToString();
    }

    /// <summary>A date as addresses carry it.</summary>
    public static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private DateOnly? Date(IQueryCollection? query, string name)
    {
        if (query?[name].FirstOrDefault() is not { Length: > 0 } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        _problems.Add(new Problem($"The date in the address ({name}) must be a real date", "address", Field: name, Found: text, Accepted: "year-month-day, for example 2017-05-12"));
        return null;
    }
}
