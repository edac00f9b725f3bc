using Pathfinder.Platform.Designs;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;
using Pathfinder.Platform.Studio;

namespace Pathfinder.Web.Api.Studio;

/// <summary>What a request asks the studio about.</summary>
/// <param name="Force">The force; null while no pack is imported, or where the exact method cannot take it.</param>
/// <param name="State">The state; null where something is wrong with it.</param>
/// <param name="Problems">What is wrong.</param>
public sealed record StudioRequest(StudioForce? Force, StudioState? State, IReadOnlyList<Problem> Problems);

/// <summary>Reads the state of the studio from the query or the form of a request.</summary>
public static class StudioAddress
{
    /// <summary>Reads it. Without a plan the force's newest organisation lies on the desk; <c>design</c> puts a design there instead.</summary>
    public static async Task<StudioRequest> ReadAsync(HttpRequest request, StudioForces forces, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(forces);
        if (await forces.FindCurrentAsync(cancellation) is not { } force)
        {
            return new StudioRequest(null, null, []);
        }

        if (!force.Succeeded)
        {
            return new StudioRequest(null, null, force.Problems);
        }

        var start = force.Value.Start;
        if (request.Query["design"].ToString() is { Length: > 0 } key)
        {
            var designs = request.HttpContext.RequestServices.GetRequiredService<DesignRegister>();
            var time = request.HttpContext.RequestServices.GetRequiredService<TimeProvider>();
            if (await designs.FindAsync(key, time.Now(), cancellation) is not { Body: { } design })
            {
                return new StudioRequest(force.Value, null, [new Problem("There is no such design", Field: "design", Found: key, Accepted: "the key of a design in the store")]);
            }

            start = Widened(start, StudioDesigns.PlanOf(design));
        }

        // A form that is posted carries the state of its page in the address.
        var state = StudioState.Read(
            request.Query.SelectMany(pair => pair.Value.Select(value => (pair.Key, Value: value ?? ""))).ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
            start, force.Value.Names);
        return state.Succeeded ? new StudioRequest(force.Value, state.Value, []) : new StudioRequest(force.Value, null, state.Problems);
    }

    private static StudioState Widened(StudioState start, IReadOnlyList<StudioUnit> plan) => start with
    {
        Plan = plan,
        Min = Math.Min(start.Min, plan.Min(unit => unit.Boroughs.Count)),
        Max = Math.Max(start.Max, plan.Max(unit => unit.Boroughs.Count)),
    };
}
