using System.Collections.Concurrent;
using Pathfinder.Engine.Grouping;

namespace Pathfinder.Platform.Studio;

/// <summary>Keeps compiled rules by what they depend on, the last used ones; compiling again gives the same.</summary>
internal sealed class RuleShelf
{
    private const int Kept = 48;

    // Sets of rules that keep their tables of ranks, of some megabytes each.
    private const int Awake = 4;

    // Small beside what the command line takes: a page must answer at once, and several people ask.
    private static readonly CompileLimits Limits = new(States: 120_000, Arcs: 1_500_000, Steps: 20_000_000);
    private readonly ConcurrentDictionary<string, Lazy<(CompiledRules? Rules, CompileResult Result)>> _compiled = new(StringComparer.Ordinal);

    private readonly Lock _gate = new();
    private readonly List<CompiledRules> _awake = [];

    /// <summary>Says that somebody works with these rules: the ones worked with longest ago give up their tables.</summary>
    public void Use(CompiledRules rules)
    {
        lock (_gate)
        {
            _awake.Remove(rules);
            _awake.Add(rules);
            if (_awake.Count > Awake)
            {
                _awake[0].Rest();
                _awake.RemoveAt(0);
            }
        }
    }

    /// <summary>The plans with so many units under a state's rules, null where there is none or the limits were reached.</summary>
    public (CompiledRules? Rules, CompileResult Result) Of(StudioForce force, StudioState state, int units, CancellationToken cancel)
    {
        var rules = state with { Plan = [], Beside = [], Weights = new SortedDictionary<string, int>(StringComparer.Ordinal), By = "", Ties = [] };
        if (_compiled.Count > Kept)
        {
            _compiled.Clear();
        }

        var key = $"{force.Key} {units} {rules.ToQuery()}";
        try
        {
            return _compiled.GetOrAdd(key, _ => new Lazy<(CompiledRules?, CompileResult)>(() => Compile(force, rules, units, cancel))).Value;
        }
        catch (OperationCanceledException)
        {
            // Whoever asks next must not find the cancelled attempt.
            _compiled.TryRemove(key, out _);
            throw;
        }
    }

    private (CompiledRules? Rules, CompileResult Result) Compile(StudioForce force, StudioState rules, int units, CancellationToken cancel)
    {
        var result = PlanGraphCompiler.Compile(force.Graph(rules), new GroupingRules
        {
            MinSize = rules.Min,
            MaxSize = rules.Max,
            MinGroups = units,
            MaxGroups = units,
            Locked = [.. rules.Keep.Select(force.Mask)],
            Together = [.. rules.Join.Select(force.Mask)],
            Apart = [.. rules.Part.Select(force.Mask)],
            Forbidden = [.. rules.Forbid.Select(force.Mask)],
        }, Limits, cancel);
        if (result.Plans is not { IsEmpty: false } plans)
        {
            return (null, result);
        }

        // Land borders where they allow any plan, else all borders: the same scale for whatever rules are tried.
        var free = rules with { Keep = [], Join = [], Part = [], Forbid = [], Off = [], Crossings = false };
        var scale = rules.ToQuery() == free.ToQuery() ? null
            : Of(force, free, units, cancel).Rules ?? (rules.ToQuery() == (free with { Crossings = true }).ToQuery() ? null : Of(force, free with { Crossings = true }, units, cancel).Rules);
        return (new CompiledRules(force, rules, plans, units, scale), result);
    }
}
