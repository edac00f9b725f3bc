using Microsoft.EntityFrameworkCore;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.History;

/// <summary>A governed fact: only that it exists; what it says is in its versions.</summary>
public sealed class FactRow
{
    /// <summary>Sequence of the change that first recorded it.</summary>
    public long Id { get; init; }

    /// <summary>The kind's name.</summary>
    public required string Kind { get; init; }

    /// <summary>Its key within the kind.</summary>
    public required string Key { get; init; }
}

/// <summary>One version of a fact; never changed.</summary>
public sealed class VersionRow
{
    /// <summary>Sequence of the change that recorded it.</summary>
    public long Id { get; init; }

    /// <summary>The fact.</summary>
    public long FactId { get; init; }

    /// <summary>First day on which the programme knew it.</summary>
    public DateOnly Known { get; init; }

    /// <summary>First day on which it holds.</summary>
    public DateOnly EffectiveFrom { get; init; }

    /// <summary>First day on which it no longer holds, or null.</summary>
    public DateOnly? EffectiveUntil { get; init; }

    /// <summary>When the store learnt it, in microseconds since 1970 UTC.</summary>
    public long Recorded { get; init; }

    /// <summary>What it says, as JSON; null where the fact ceases to hold.</summary>
    public string? Body { get; init; }
}

/// <summary>Bytes kept under their hash.</summary>
public sealed class ContentRow
{
    /// <summary>SHA-256 in lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Sequence of the change that kept it.</summary>
    public long Change { get; init; }

    /// <summary>Media type.</summary>
    public required string MediaType { get; init; }

    /// <summary>How many bytes.</summary>
    public long Length { get; init; }

    /// <summary>The bytes.</summary>
    public required byte[] Bytes { get; init; }
}

/// <summary>One entry of the change log; see docs/methods/audit-chain.md for the meaning and the hashing of each field.</summary>
public sealed class ChangeRow
{
    /// <summary>Place in the chain, from 1 without gaps.</summary>
    public long Sequence { get; init; }

    /// <summary>"record", "end", "keep" or "note".</summary>
    public required string Action { get; init; }

    /// <summary>When, in microseconds since 1970 UTC; never before the entry before.</summary>
    public long At { get; init; }

    /// <summary>Who.</summary>
    public required string Account { get; init; }

    /// <summary>For which organisation.</summary>
    public required string Organisation { get; init; }

    /// <summary>Why.</summary>
    public required string Why { get; init; }

    /// <summary>The kind changed; "content" for kept bytes.</summary>
    public required string Kind { get; init; }

    /// <summary>The key changed; the hash for kept bytes.</summary>
    public required string Key { get; init; }

    /// <summary>The fact's id; null for kept bytes and notes.</summary>
    public long? FactId { get; init; }

    /// <summary>The version's known day.</summary>
    public DateOnly? Known { get; init; }

    /// <summary>The version's first effective day.</summary>
    public DateOnly? EffectiveFrom { get; init; }

    /// <summary>The version's effective end.</summary>
    public DateOnly? EffectiveUntil { get; init; }

    /// <summary>What held before on the first effective day, as far as was known on the known day.</summary>
    public string? OldBody { get; init; }

    /// <summary>What holds now; for kept bytes their media type and length; for a note what happened.</summary>
    public string? NewBody { get; init; }

    /// <summary>Hash of the entry before; 64 zeros for the first.</summary>
    public required string Previous { get; init; }

    /// <summary>Hash of this entry over the one before.</summary>
    public required string Hash { get; init; }
}

/// <summary>A head of the chain that was noted. Rows here can be edited by whoever can edit the log: anchors count when kept elsewhere.</summary>
public sealed class AnchorRow
{
    /// <summary>Sequence of the head.</summary>
    public long Sequence { get; init; }

    /// <summary>Its hash.</summary>
    public required string Hash { get; init; }

    /// <summary>When it was noted, in microseconds since 1970 UTC.</summary>
    public long At { get; init; }
}

/// <summary>Maps the tables of governed facts, their log and its anchors.</summary>
internal sealed class HistoryMap : IEntityMap
{
    public void Map(ModelBuilder model)
    {
        model.Entity<FactRow>(fact =>
        {
            fact.ToTable("facts");
            fact.HasKey(row => row.Id);
            fact.Property(row => row.Id).ValueGeneratedNever();
            fact.HasIndex(row => new { row.Kind, row.Key }).IsUnique();
        });
        model.Entity<ChangeRow>(change =>
        {
            change.ToTable("changes");
            change.HasKey(row => row.Sequence);
            change.Property(row => row.Sequence).ValueGeneratedNever();
            change.HasIndex(row => new { row.Kind, row.Key });
        });
        model.Entity<VersionRow>(version =>
        {
            version.ToTable("versions");
            version.HasKey(row => row.Id);
            version.Property(row => row.Id).ValueGeneratedNever();
            // Holds all that decides which version holds, so that no body is touched for it.
            version.HasIndex(row => new { row.FactId, row.Known, row.Id, row.Recorded, row.EffectiveFrom, row.EffectiveUntil }).IsDescending(false, true, true, false, false, false);
            version.HasIndex(row => new { row.FactId, row.Id }).HasFilter(OpenBodies.Others);
            version.HasOne<FactRow>().WithMany().HasForeignKey(row => row.FactId).OnDelete(DeleteBehavior.Restrict);
            version.HasOne<ChangeRow>().WithMany().HasForeignKey(row => row.Id).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<ContentRow>(content =>
        {
            content.ToTable("content");
            content.HasKey(row => row.Sha256);
            content.HasIndex(row => row.Change);
            content.HasOne<ChangeRow>().WithMany().HasForeignKey(row => row.Change).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<AnchorRow>(anchor =>
        {
            anchor.ToTable("anchors");
            anchor.HasKey(row => new { row.Sequence, row.At });
        });
    }
}
