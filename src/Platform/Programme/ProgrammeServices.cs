using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Programme.Bodies;
using Pathfinder.Platform.Programme.Commitments;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Programme.Documents;
using Pathfinder.Platform.Programme.Measures;
using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Programme.Queries;
using Pathfinder.Platform.Programme.Resources;
using Pathfinder.Platform.Programme.Risks;
using Pathfinder.Platform.Programme.RollOut;
using Pathfinder.Platform.Programme.Rounds;
using Pathfinder.Platform.Programme.Schedule;

namespace Pathfinder.Platform.Programme;

/// <summary>Registers the programme's records and what is computed of them, register by register.</summary>
public static class ProgrammeServices
{
    /// <summary>Adds the readings of every kind and their lines of attention.</summary>
    public static IServiceCollection AddProgramme(this IServiceCollection services)
    {
        services.AddSchedule();
        services.AddDecisions();
        services.AddResources();
        services.AddQueries();
        services.AddAttachments();
        services.AddCommitments();
        services.AddStatements();
        services.AddPortfolio();
        services.AddRisks();
        services.AddRounds();
        services.AddRollOut();
        services.AddMeasures();
        services.AddBodies();
        return services;
    }
}
