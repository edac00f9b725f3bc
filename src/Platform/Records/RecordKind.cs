using System.Collections;
using System.Reflection;
using System.Text.Json;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Records;

/// <summary>How a field is typed in and shown.</summary>
public enum FieldShape
{
    /// <summary>Text of one line or several.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    YesNo,

    /// <summary>A choice of an enum's names.</summary>
    Choice,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A <see cref="PartialDate"/>.</summary>
    PartialDate,

    /// <summary>A list of words or keys.</summary>
    Words,

    /// <summary>One <see cref="RecordRow"/>.</summary>
    Row,

    /// <summary>A list of <see cref="RecordRow"/>.</summary>
    Rows,
}

/// <summary>A field of a kind of record or of a row.</summary>
/// <param name="Name">Its name in JSON, camelCase.</param>
/// <param name="Mark">What its attribute says.</param>
/// <param name="Property">The property that holds it.</param>
/// <param name="Shape">How it is typed in.</param>
/// <param name="Fields">Of a row or rows: the fields of one row; else empty.</param>
public sealed record RecordField(string Name, FieldAttribute Mark, PropertyInfo Property, FieldShape Shape, IReadOnlyList<RecordField> Fields)
{
    /// <summary>The enum of a choice; null for other shapes.</summary>
    public Type? Choices => Shape == FieldShape.Choice ? Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType : null;

    /// <summary>The value in a record or row; null where it is not given.</summary>
    public object? Of(object holder) => Property.GetValue(holder);

    internal static IReadOnlyList<RecordField> ListOf(Type type)
    {
        // Properties of the base record first, as every kind begins alike.
        var depth = new Dictionary<Type, int>();
        for (var t = type; t is not null; t = t.BaseType)
        {
            depth[t] = depth.Count;
        }

        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetCustomAttribute<FieldAttribute>() is not null)
            .OrderByDescending(property => depth[property.DeclaringType!]).ThenBy(property => property.MetadataToken)
            .Select(Of).ToList();
    }

    private static RecordField Of(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var item = type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[0] : null;
        var (shape, row) = 0 switch
        {
            _ when item == typeof(string) => (FieldShape.Words, null),
            _ when item is not null && item.IsAssignableTo(typeof(RecordRow)) => (FieldShape.Rows, item),
            _ when type.IsAssignableTo(typeof(RecordRow)) => (FieldShape.Row, type),
            _ when type == typeof(string) => (FieldShape.Text, null),
            _ when type == typeof(int) || type == typeof(long) => (FieldShape.Whole, null),
            _ when type == typeof(decimal) || type == typeof(double) => (FieldShape.Number, null),
            _ when type == typeof(bool) => (FieldShape.YesNo, null),
            _ when type.IsEnum => (FieldShape.Choice, null),
            _ when type == typeof(DateOnly) => (FieldShape.Day, null),
            _ when type == typeof(PartialDate) => (FieldShape.PartialDate, (Type?)null),
            _ => throw new InvalidOperationException($"{property.DeclaringType}.{property.Name} has a type that no form can show: {type}."),
        };
        return new RecordField(
            JsonNamingPolicy.CamelCase.ConvertName(property.Name), property.GetCustomAttribute<FieldAttribute>()!, property, shape, row is null ? [] : ListOf(row));
    }
}

/// <summary>A kind of record: its names, its address, its fields, and what may not be saved.</summary>
public abstract class RecordKind
{
    private protected RecordKind(string name, string path, string one, string many, string room, string purpose, Permission change, string? madeAt, Type body)
    {
        (Name, Path, One, Many, Room, Purpose, Change, MadeAt, Body) = (name, path, one, many, room, purpose, change, madeAt, body);
        Fields = RecordField.ListOf(body);
        StatesDays = Fields.Any(field => field.Mark.Holds != HoldingEnd.None);
        Targets = Flat(Fields).Select(field => field.Mark.RefersTo).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Its name in the store, in files and in references: "milestone". Never renamed.</summary>
    public string Name { get; }

    /// <summary>Its part of an address: "milestones".</summary>
    public string Path { get; }

    /// <summary>One of it, in running text.</summary>
    public string One { get; }

    /// <summary>Several of it, in running text.</summary>
    public string Many { get; }

    /// <summary>The register it stands under: "Schedule".</summary>
    public string Room { get; }

    /// <summary>What it is for: a sentence for empty lists and help.</summary>
    public string Purpose { get; }

    /// <summary>What a person must be permitted to change one.</summary>
    public Permission Change { get; }

    /// <summary>The page of the step that makes one, where no form of its fields may: "/round/new". Null for all others.</summary>
    public string? MadeAt { get; }

    /// <summary>The C# record.</summary>
    public Type Body { get; }

    /// <summary>Its fields in reading order.</summary>
    public IReadOnlyList<RecordField> Fields { get; }

    /// <summary>Whether its records state the days on which they hold (<see cref="StatedDays"/>).</summary>
    public bool StatesDays { get; }

    /// <summary>Names of the kinds that its records can refer to; "*" among them where to any.</summary>
    public IReadOnlySet<string> Targets { get; }

    /// <summary>Rules that one record must meet by itself, beyond what its fields say; problems name fields by JSON path.</summary>
    public abstract IReadOnlyList<Problem> Check(ProgrammeRecord record);

    /// <summary>
    /// What is wrong with a next version given all that were recorded before it, in the order recorded; null for its end. Unlike the rules
    /// of a register it holds for copies of programme files too.
    /// </summary>
    internal abstract IReadOnlyList<Problem> Guard(IEnumerable<ProgrammeRecord> before, ProgrammeRecord? next);

    /// <summary>A record without content, for an empty form.</summary>
    public abstract ProgrammeRecord Empty();

    /// <summary>The record from its JSON. Throws <see cref="JsonException"/> where it has another shape.</summary>
    public abstract ProgrammeRecord Read(string json);

    /// <summary>The record as JSON.</summary>
    public abstract string Write(ProgrammeRecord record);

    private static IEnumerable<RecordField> Flat(IReadOnlyList<RecordField> fields) => fields.SelectMany(field => Flat(field.Fields).Prepend(field));

    internal abstract Task<IReadOnlyList<StoredRecord>> ListAsync(IHistory history, AsAt at, CancellationToken cancellation);

    internal abstract Task<StoredRecord?> FindAsync(IHistory history, string key, AsAt at, CancellationToken cancellation);

    internal abstract Task<IReadOnlyList<StoredRecord>> TimelineAsync(IHistory history, string key, CancellationToken cancellation);

    internal abstract Task<IReadOnlyList<StoredRecord>> VersionsAsync(IHistory history, IReadOnlyCollection<string>? keys, CancellationToken cancellation);

    internal abstract Task<IReadOnlyList<StoredRecord>> VersionsAsync(IHistory history, IReadOnlyList<long> versionIds, CancellationToken cancellation);

    internal abstract void Record(IChangeSet changes, string key, ProgrammeRecord body, EffectivePeriod effective, DateOnly known);

    internal abstract void End(IChangeSet changes, string key, DateOnly from, DateOnly known);
}

/// <summary>A kind of record whose body is <typeparamref name="T"/>.</summary>
public sealed class RecordKind<T> : RecordKind
    where T : ProgrammeRecord, new()
{
    private readonly GovernedKind<T> _governed;
    private readonly Func<T, IEnumerable<Problem>>? _check;
    private readonly Func<IReadOnlyList<T>, T?, IEnumerable<Problem>>? _guard;

    /// <summary>Declares a kind.</summary>
    public RecordKind(
        string name, string path, string one, string many, string room, string purpose,
        Permission change = Permission.KeepRecords, Func<T, IEnumerable<Problem>>? check = null, string? madeAt = null,
        Func<IReadOnlyList<T>, T?, IEnumerable<Problem>>? guard = null)
        : base(name, path, one, many, room, purpose, change, madeAt, typeof(T))
    {
        _governed = new GovernedKind<T>(name);
        _check = check;
        _guard = guard;
    }

    /// <inheritdoc />
    public override IReadOnlyList<Problem> Check(ProgrammeRecord record) => _check?.Invoke((T)record).ToList() ?? [];

    internal override IReadOnlyList<Problem> Guard(IEnumerable<ProgrammeRecord> before, ProgrammeRecord? next) =>
        _guard?.Invoke([.. before.Cast<T>()], (T?)next).ToList() ?? [];

    /// <inheritdoc />
    public override ProgrammeRecord Empty() => new T();

    /// <inheritdoc />
    public override ProgrammeRecord Read(string json) => JsonSerializer.Deserialize<T>(json, RecordJson.Options) ?? throw new JsonException("A record cannot be the JSON word null.");

    /// <inheritdoc />
    public override string Write(ProgrammeRecord record) => JsonSerializer.Serialize((T)record, RecordJson.Options);

    internal override async Task<IReadOnlyList<StoredRecord>> ListAsync(IHistory history, AsAt at, CancellationToken cancellation) =>
        (await history.ListAsync(_governed, at, cancellation)).Select(Stored).ToList();

    internal override async Task<StoredRecord?> FindAsync(IHistory history, string key, AsAt at, CancellationToken cancellation) =>
        await history.FindAsync(_governed, key, at, cancellation) is { } version ? Stored(version) : null;

    internal override async Task<IReadOnlyList<StoredRecord>> TimelineAsync(IHistory history, string key, CancellationToken cancellation) =>
        (await history.TimelineAsync(_governed, key, cancellation)).Select(Stored).ToList();

    internal override async Task<IReadOnlyList<StoredRecord>> VersionsAsync(IHistory history, IReadOnlyCollection<string>? keys, CancellationToken cancellation) =>
        (await history.ListVersionsAsync(_governed, keys, cancellation)).Select(Stored).ToList();

    internal override async Task<IReadOnlyList<StoredRecord>> VersionsAsync(IHistory history, IReadOnlyList<long> versionIds, CancellationToken cancellation) =>
        (await history.ListVersionsAsync(_governed, versionIds, cancellation)).Select(Stored).ToList();

    internal override void Record(IChangeSet changes, string key, ProgrammeRecord body, EffectivePeriod effective, DateOnly known) =>
        changes.Record(_governed, key, (T)body, effective, known);

    internal override void End(IChangeSet changes, string key, DateOnly from, DateOnly known) => changes.End(_governed, key, from, known);

    private StoredRecord Stored(FactVersion<T> version) => new StoredRecord<T>(
        this, version.Key, version.Body, version.VersionId, version.Effective, version.Known, version.Recorded, version.Account, version.Organisation, version.Why);
}

/// <summary>A version of a record in the store.</summary>
/// <param name="Stated">The record; null where this version ended it.</param>
public abstract record StoredRecord(
    RecordKind Kind, string Key, ProgrammeRecord? Stated, long VersionId, EffectivePeriod Effective, DateOnly Known, DateTimeOffset Recorded,
    string Account, string Organisation, string Why)
{
    /// <summary>The record. Throws <see cref="InvalidOperationException"/> for a version that ended it.</summary>
    public ProgrammeRecord Body => Stated ?? throw new InvalidOperationException($"Version {VersionId} ended {Reference}.");

    /// <summary>How other records name it: "milestone:go-live-tranche-3".</summary>
    public string Reference => $"{Kind.Name}:{Key}";

    /// <summary>All that it says, also the references that its reader may not follow: for what is computed of it, never to be shown.</summary>
    internal ProgrammeRecord? Whole { get; private protected init; }

    /// <summary>The same version with another body to be shown.</summary>
    internal abstract StoredRecord Masked(ProgrammeRecord body);
}

/// <summary>A version of a record of a known kind.</summary>
public sealed record StoredRecord<T>(
    RecordKind Kind, string Key, T? Given, long VersionId, EffectivePeriod Effective, DateOnly Known, DateTimeOffset Recorded,
    string Account, string Organisation, string Why)
    : StoredRecord(Kind, Key, Given, VersionId, Effective, Known, Recorded, Account, Organisation, Why)
    where T : ProgrammeRecord
{
    /// <summary>The record. Throws <see cref="InvalidOperationException"/> for a version that ended it.</summary>
    public new T Body => (T)base.Body;

    internal override StoredRecord Masked(ProgrammeRecord body) => this with { Stated = body, Given = (T)body, Whole = Whole ?? Stated };
}
