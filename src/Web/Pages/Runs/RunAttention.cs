using System.Security.Claims;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Runs;
using Pathfinder.Web.Components;
using Pathfinder.Web.Pages.Home;

namespace Pathfinder.Web.Pages.Runs;

/// <summary>Says on the home page which runs stopped before their end, and what the next step is while nothing has been simulated.</summary>
public sealed class RunAttention(DesignRegister designs, RunRegister runs) : IAttentionSource
{
    private const int Named = 3;

    /// <inheritdoc />
    public async Task<IReadOnlyList<Attention>> ListAsync(AsAt at, ClaimsPrincipal user, CancellationToken cancellation = default)
    {
        var views = await runs.ListAsync(at, cancellation: cancellation);
        var stopped = views.Where(view => view.Status == RunStatus.Failed).ToList();
        var found = stopped.Take(Named).Select(Stopped).ToList();
        if (stopped.Count > Named)
        {
            found.Add(new Attention(
                "failed", "red", $"{Format.Words(stopped.Count - Named, capital: true)} more {(stopped.Count - Named == 1 ? "run" : "runs")} stopped before the end",
                "Nothing of them was kept.", "/runs", "See every run"));
        }

        // Designs are only read while no run shows that there is one: the page is opened often.
        if (!views.Any(view => !DesignRegister.IsForceAsItIs(view.Run.Design)))
        {
            var own = (await designs.ListAsync(at, cancellation)).FirstOrDefault(version => !DesignRegister.IsForceAsItIs(version.Key));
            found.Add(own is null ? Draw(user) : Simulate(own, user));
        }

        return found;
    }

    private static Attention Stopped(RunView view)
    {
        var why = view.Problems.Count > 0 ? view.Problems[0].Message : view.Doing;
        return new Attention(
            "failed", "red", $"The run of {view.Run.Name} stopped before its end",
            $"{(why.Length > 0 ? why.TrimEnd('.') + ". " : "")}Nothing of it was kept.", $"/runs/{view.Key}", "Open the run");
    }

    private static Attention Draw(ClaimsPrincipal user) => user.May(Permission.Design)
        ? new Attention(
            "next step", "blue", "No design has been drawn yet",
            "A design says which boroughs would be commanded together, who despatches them and with which crews. Draw one, simulate it, and see whether calls would still be met in time before anyone moves.",
            "/designs/new", "Draw a design", IsStep: true)
        : new Attention(
            "next step", "blue", "No design has been drawn yet", "A planner draws the first; it appears under designs.", "/designs", "See the designs");

    private static Attention Simulate(FactVersion<Design> design, ClaimsPrincipal user) => user.May(Permission.Run)
        ? new Attention(
            "next step", "blue", "No design has been simulated yet",
            $"{design.Body!.Name} is drawn. Simulate it to see what would change for calls, borough by borough.", $"/designs/{design.Key}/simulate", "Simulate it", IsStep: true)
        : new Attention(
            "next step", "blue", "No design has been simulated yet", $"{design.Body!.Name} is drawn.", $"/designs/{design.Key}", "See the design");
}
