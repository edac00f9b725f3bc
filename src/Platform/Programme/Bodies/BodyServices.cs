using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Bodies;

/// <summary>Registers what is computed of bodies, meetings, posts and inspections.</summary>
public static class BodyServices
{
    /// <summary>Adds the readings.</summary>
    public static IServiceCollection AddBodies(this IServiceCollection services) => services
        .AddSingleton<IRecordReading, BodyReading>()
        .AddSingleton<IRecordReading, MeetingReading>()
        .AddSingleton<IRecordReading, InspectionReading>()
        .AddSingleton<IRecordReading, PostReading>()
        .AddSingleton<IRecordReading, AppointmentReading>();
}
