using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Pathfinder.Platform.Storage;

/// <summary>The rows of every room that registered an <see cref="IEntityMap"/>. Made by <see cref="Store"/> only.</summary>
public sealed class PathfinderDb : DbContext
{
    private readonly IReadOnlyList<IEntityMap> _maps;

    internal PathfinderDb(DbContextOptions<PathfinderDb> options, StoreKind kind, IReadOnlyList<IEntityMap> maps)
        : base(options)
    {
        Kind = kind;
        _maps = maps;
    }

    /// <summary>The kind of store behind these rows.</summary>
    public StoreKind Kind { get; }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var map in _maps)
        {
            map.Map(modelBuilder);
        }

        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(ToSnakeCase(property.Name));
        }
    }

    private static string ToSnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]))
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    /// <summary>Keeps one model for each set of maps: without it the first set built in a process would serve all.</summary>
    internal sealed class MapsModelCacheKeyFactory : IModelCacheKeyFactory
    {
        /// <inheritdoc/>
        public object Create(DbContext context, bool designTime) =>
            (string.Join('|', ((PathfinderDb)context)._maps.Select(map => map.GetType().FullName)), designTime);
    }
}
