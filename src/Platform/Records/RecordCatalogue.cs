namespace Pathfinder.Platform.Records;

/// <summary>Every kind of record the product keeps, in the order of navigation.</summary>
public sealed class RecordCatalogue
{
    private readonly Dictionary<string, RecordKind> _byName;
    private readonly Dictionary<string, RecordKind> _byPath;
    private readonly Dictionary<Type, RecordKind> _byType;

    /// <summary>A catalogue of kinds. Throws <see cref="ArgumentException"/> when two share a name, an address or a type.</summary>
    public RecordCatalogue(IEnumerable<RecordKind> kinds)
    {
        Kinds = kinds.ToList();
        _byName = Kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);
        _byPath = Kinds.ToDictionary(kind => kind.Path, StringComparer.Ordinal);
        _byType = Kinds.ToDictionary(kind => kind.Body);
    }

    /// <summary>The kinds in order.</summary>
    public IReadOnlyList<RecordKind> Kinds { get; }

    /// <summary>The kind of a name, or null.</summary>
    public RecordKind? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The kind under an address, or null.</summary>
    public RecordKind? FindByPath(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>The kind of a C# record. Throws <see cref="KeyNotFoundException"/> for one that is not in the catalogue.</summary>
    public RecordKind Get<T>()
        where T : ProgrammeRecord => _byType[typeof(T)];
}
