using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Programme.Ratings;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Schedule;

/// <summary>Registers what is computed of milestones, tranches and embargoes.</summary>
public static class ScheduleServices
{
    /// <summary>Adds the readings, the lines of attention and what may not be saved.</summary>
    public static IServiceCollection AddSchedule(this IServiceCollection services) => services
        .AddSingleton<IRecordReading, MilestoneReading>()
        .AddSingleton<IRecordReading, TrancheReading>()
        .AddSingleton<IRecordReading, EmbargoReading>()
        .AddSingleton<IProgrammeAttention, ScheduleAttention>()
        .AddSingleton<IRecordRule, MilestoneRules>()
        .AddSingleton<IRecordSetRule, EndingRule>()
        .AddSingleton<IRecordSetRule, DependencyRings>();
}
