using System.Globalization;
using System.Text.RegularExpressions;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Runs;

/// <summary>The designs of one run in the order in which they hold, all under the world of the design that is run, each with travel that is its own.</summary>
/// <param name="First">The one that holds first.</param>
/// <param name="Turns">Those that take over.</param>
/// <param name="Recorded">The same as the run records them.</param>
/// <param name="FirstVersion">Version of the one that holds first; null for the force as it is, or the design that is run itself.</param>
internal sealed partial record RunSequence(Design First, IReadOnlyList<DesignTurn> Turns, IReadOnlyList<RunTurn> Recorded, long? FirstVersion)
{
    /// <summary>Finds the designs that a request names. Every one that is not there, or was drawn on another pack, is a problem.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="own">The design that is run, with the world that holds.</param>
    /// <param name="world">What is assumed of every design whatever they assume, such as what a calibration found.</param>
    /// <param name="version">Its version.</param>
    /// <param name="pack">Its pack.</param>
    /// <param name="designs">The designs of the store.</param>
    /// <param name="at">As at when.</param>
    /// <param name="problems">Problems found are added to it.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<RunSequence> FindAsync(
        RunRequest request, Design own, IReadOnlyDictionary<string, double> world, long version, ForcePack pack, DesignRegister designs, AsAt at, List<Problem> problems, CancellationToken cancellation)
    {
        async Task<(Design Design, long Version)?> Named(string key, string field)
        {
            if (await designs.FindAsync(key, at, cancellation) is not { Body: { } body } found)
            {
                problems.Add(new Problem("There is no such design", Field: field, Found: key, Accepted: "the key of a design in the store"));
                return null;
            }

            if (body.PackSha256 != pack.Sha256)
            {
                problems.Add(new Problem($"{body.Name} was drawn on another force pack", Field: field, Found: key, Accepted: "a design of the same pack"));
                return null;
            }

            return (WorldAssumptions.Carry(WorldAssumptions.Under(body, own), world), found.VersionId);
        }

        var first = own;
        long? firstVersion = null;
        var turns = new List<DesignTurn>();
        var recorded = new List<RunTurn>();
        if ((request.Begin is null) != (request.TakesOver is null))
        {
            problems.Add(new Problem(
                request.Begin is null ? "Say which design holds before the day on which this one takes over" : "Say on which day this design takes over",
                Field: request.Begin is null ? "begin" : "takesOver", Accepted: "both, or neither"));
        }
        else if (request.Begin is { } begin)
        {
            if (begin == RunRequest.ForceAsItIs)
            {
                var force = DesignStart.FromForce(pack, own.Dated, "The force as it is");
                problems.AddRange(force.Problems);
                first = force.Succeeded ? WorldAssumptions.Carry(WorldAssumptions.Under(force.Value, own), world) : own;
            }
            else if (await Named(begin, "begin") is { } before)
            {
                (first, firstVersion) = before;
            }

            turns.Add(new DesignTurn(own, request.TakesOver!.Value));
            recorded.Add(new RunTurn(request.Design, version, own.Name, request.TakesOver.Value));
        }

        foreach (var then in request.Then)
        {
            if (await Named(then.Design, "then") is { } next)
            {
                turns.Add(new DesignTurn(next.Design, then.From));
                recorded.Add(new RunTurn(then.Design, next.Version, next.Design.Name, then.From));
            }
        }

        // The weeks are those of the design that is run, whichever holds first.
        return new RunSequence(first with { Dated = own.Dated }, turns, recorded, firstVersion);
    }

    /// <summary>
    /// A fault of the scenario that was written for a request, told of what was asked for: the day on which a design takes over, or
    /// an event. Whoever asked wrote no phases.
    /// </summary>
    public static Problem Asked(Problem problem, RunRequest request)
    {
        if (problem.Field is not { } path || Part().Match(path) is not { Success: true } part)
        {
            return problem;
        }

        var at = int.Parse(part.Groups["at"].Value, CultureInfo.InvariantCulture);
        var rest = part.Groups["rest"].Value;
        if (part.Groups["part"].Value == "events")
        {
            return problem with { Field = string.Create(CultureInfo.InvariantCulture, $"events[{at}]{(rest.Length > 0 ? "." + rest : "")}") };
        }

        var first = request.TakesOver is not null;
        var field = first && at == 0 ? "takesOver" : string.Create(CultureInfo.InvariantCulture, $"then[{at - (first ? 1 : 0)}].from");
        return rest == "from"
            ? problem with { Message = "The day on which a design takes over is not inside the run, after the one before it", Field = field }
            : problem with { Message = rest.Length == 0 ? problem.Message : $"{problem.Message} ({rest} from that day on)", Field = field };
    }

    [GeneratedRegex(@"^\$\.(?<part>phases|events)\[(?<at>\d+)\]\.?(?<rest>.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Part();
}
