using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.Calibration;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Evaluations;
using Pathfinder.Platform.Evidence;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Performance;
using Pathfinder.Platform.Portfolios;
using Pathfinder.Platform.Programme;
using Pathfinder.Platform.Records;
using Pathfinder.Platform.Reports;
using Pathfinder.Platform.Runs;
using Pathfinder.Platform.SelfTest;
using Pathfinder.Platform.Storage;
using Pathfinder.Platform.Studio;
using Pathfinder.Platform.Sweeps;
using Pathfinder.Platform.Work;

namespace Pathfinder.Platform;

/// <summary>The one composition of the product's rooms, used by the command line, the web and the tests alike.</summary>
public static class PlatformServices
{
    /// <summary>Adds every room, in reading order, on one store.</summary>
    public static IServiceCollection AddPathfinder(this IServiceCollection services, StoreOptions store)
    {
        services.AddStorage(store);
        services.AddHistory();
        services.AddPeople();
        services.AddWork();
        services.AddSelfTest();
        services.AddForces();
        services.AddEvidence();
        services.AddDesigns();
        services.AddRuns();
        services.AddStudio();
        services.AddCalibration();
        services.AddSweeps();
        services.AddRecords(PlatformKinds.All);
        services.AddProgramme();
        services.AddPerformance();
        services.AddEvaluations();
        services.AddPortfolios();
        services.AddReports();
        return services;
    }
}
