using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Documents;

/// <summary>Registers what is computed of statements.</summary>
public static class StatementServices
{
    /// <summary>Adds the reading.</summary>
    public static IServiceCollection AddStatements(this IServiceCollection services) => services.AddSingleton<IRecordReading, StatementReading>();
}
