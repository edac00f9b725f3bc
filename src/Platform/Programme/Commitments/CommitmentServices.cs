using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Commitments;

/// <summary>Registers what is computed of promises and expectations.</summary>
public static class CommitmentServices
{
    /// <summary>Adds the check, the readings and the lines of attention.</summary>
    public static IServiceCollection AddCommitments(this IServiceCollection services) => services
        .AddSingleton<PromiseCheck>()
        .AddSingleton<BoroughPromises>()
        .AddSingleton<IRecordReading, CommitmentReading>()
        .AddSingleton<IRecordReading, ExpectationReading>()
        .AddSingleton<IProgrammeAttention, PromiseAttention>();
}
