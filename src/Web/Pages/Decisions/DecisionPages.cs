using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Pages.Programme;

namespace Pathfinder.Web.Pages.Decisions;

/// <summary>Registers the pages of decisions.</summary>
public static class DecisionPages
{
    /// <summary>Adds the steps of a decision to its page, and the addresses they take.</summary>
    public static IServiceCollection AddDecisionPages(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton<IRecordActions, DecisionActions>();
        services.AddSingleton<IRecordActions, ResourceActions>();
        services.Configure<RouteOptions>(routes => routes.SetParameterPolicy<DecisionStepConstraint>(DecisionStepConstraint.Name));
        return services;
    }

    /// <summary>What a step is called on a button.</summary>
    public static string Label(DecisionStep step) => step switch
    {
        DecisionStep.Submit => "Submit this decision",
        DecisionStep.Sign => "Sign this decision",
        DecisionStep.Defer => "Put it off",
        DecisionStep.Refuse => "Refuse it",
        DecisionStep.Withdraw => "Withdraw it",
        DecisionStep.Reopen => "Reopen it as a draft",
        _ => "Look at it again",
    };

    /// <summary>The step's part of an address.</summary>
    public static string Path(DecisionStep step) => step.ToString().ToLowerInvariant();
}

/// <summary>Offers on a decision's page the steps open from where it stands.</summary>
internal sealed class DecisionActions : IRecordActions
{
    public IEnumerable<RecordAction> List(RecordKind kind, StoredRecord? record)
    {
        if (kind.Name == "decision" && record is null)
        {
            yield return new RecordAction("New decision", "/decisions/paper", Permission.KeepRecords, Makes: true);
        }

        if (record is not StoredRecord<Decision> decision)
        {
            yield break;
        }

        if (decision.Body.State == DecisionState.Draft)
        {
            yield return new RecordAction("Write the paper", $"/decisions/paper/{decision.Key}", Permission.KeepRecords);
        }

        foreach (var step in DecisionProcess.Open(decision.Body))
        {
            yield return new RecordAction(DecisionPages.Label(step), $"/decisions/{decision.Key}/{DecisionPages.Path(step)}", DecisionProcess.Needs(step));
        }
    }
}

/// <summary>Leads from the lists of money and posts to the page that adds them up.</summary>
internal sealed class ResourceActions : IRecordActions
{
    public IEnumerable<RecordAction> List(RecordKind kind, StoredRecord? record) =>
        record is null && kind.Name is "funding" or "establishment-entry" or "benefit" ? [new RecordAction("Add it all up", "/resources", Permission.Read)] : [];
}

/// <summary>Accepts as part of an address only the steps of a decision.</summary>
public sealed class DecisionStepConstraint : IRouteConstraint
{
    /// <summary>Its name in route templates.</summary>
    public const string Name = "decision-step";

    /// <inheritdoc />
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.TryGetValue(routeKey, out var value) && value is string path && Enum.GetValues<DecisionStep>().Any(step => DecisionPages.Path(step) == path);
    }
}
