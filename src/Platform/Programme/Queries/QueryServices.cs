using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Queries;

/// <summary>Registers queries.</summary>
public static class QueryServices
{
    /// <summary>Adds <see cref="IQueries"/> and the grammar that saves are checked against.</summary>
    public static IServiceCollection AddQueries(this IServiceCollection services) =>
        services.AddSingleton<QueryGrammar>()
            .AddSingleton<IQueryGrammar>(services => services.GetRequiredService<QueryGrammar>()).AddSingleton<IQueries, RecordQueries>();
}
