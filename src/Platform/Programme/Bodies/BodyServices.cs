using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Bodies;

/// <summary>Registers what is computed of bodies, meetings, posts and inspections, and what people are checked against.</summary>
public static class BodyServices
{
    /// <summary>Adds the readings and the rule.</summary>
    public static IServiceCollection AddBodies(this IServiceCollection services) => services
        .AddSingleton<IRecordReading, BodyReading>()
        .AddSingleton<IRecordReading, MeetingReading>()
        .AddSingleton<IRecordReading, InspectionReading>()
        .AddSingleton<IRecordReading, PostReading>()
        .AddSingleton<IRecordReading, AppointmentReading>()
        .AddSingleton<IRecordRule, PersonRule>();
}
