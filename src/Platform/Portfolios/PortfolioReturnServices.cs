using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Portfolios;

/// <summary>Registers portfolios.</summary>
public static class PortfolioReturnServices
{
    /// <summary>Adds the import of returns and the books made of them.</summary>
    public static IServiceCollection AddPortfolios(this IServiceCollection services) => services.AddSingleton<PortfolioImport>().AddSingleton<PortfolioBooks>().AddSingleton<IRecordRule, MatchRule>();
}
