using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Work;

namespace Pathfinder.Platform.SelfTest;

/// <summary>Registers self-tests.</summary>
public static class SelfTestServices
{
    /// <summary>Adds <see cref="SelfTestRegister"/> and the handler of its jobs.</summary>
    public static IServiceCollection AddSelfTest(this IServiceCollection services) => services
        .AddSingleton<SelfTestRegister>()
        .AddJobHandler<SelfTestJob>();
}
