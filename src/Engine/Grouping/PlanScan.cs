using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Pathfinder.Engine.Grouping;

/// <summary>How one criterion is spread over all plans.</summary>
/// <param name="Least">The best score.</param>
/// <param name="BinWidth">Scores per bin.</param>
/// <param name="Bins">Plans per bin; bin i starts at <paramref name="Least"/> + i x <paramref name="BinWidth"/>.</param>
public sealed record ScanSpread(long Least, long BinWidth, IReadOnlyList<long> Bins);

/// <summary>What a look at every single plan found.</summary>
/// <param name="Plans">Plans looked at.</param>
/// <param name="Spreads">One a criterion.</param>
/// <param name="Standings">The reference plan's standing by each criterion; empty without one.</param>
/// <param name="AtLeastAsGood">Plans at least as good as the reference on all criteria, itself included.</param>
public sealed record ScanResult(long Plans, IReadOnlyList<ScanSpread> Spreads, IReadOnlyList<Standing> Standings, long AtLeastAsGood);

/// <summary>
/// Scores every plan, one by one, on every criterion. Where dynamic programming answers a question exactly, this answers it again by
/// brute force, and it gives the whole distribution. Parallel over beginnings of plans; only counts are added, so the result does not depend on threads.
/// </summary>
public static class PlanScan
{
    private const int TableEntries = 1 << 19;
    private const int FewestBeginnings = 2_000;
    private const int MostBins = 1_000;

    // Neighbouring plans often fall into one bin; counting them in turn in several lanes keeps one count from waiting for the last.
    private const int Lanes = 4;

    /// <summary>
    /// Looks at every plan of one number of groups. <paramref name="reference"/> holds the numbers of a plan's groups to be ranked.
    /// Throws <see cref="ArgumentException"/> for a balanced criterion and <see cref="OperationCanceledException"/> on cancel.
    /// </summary>
    public static ScanResult Run(PlanGraph plans, IReadOnlyList<Criterion> criteria, int[]? reference = null, int threads = -1, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentNullException.ThrowIfNull(criteria);
        var scan = new Scan(plans, criteria, reference);
        var beginnings = scan.Beginnings();
        // A tally holds arrays of megabytes, and tasks come and go: one that ends leaves its tally to the next.
        var resting = new Stack<Tally>();
        var gate = new Lock();
        var done = 0;
        Parallel.For(0, beginnings.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, () =>
        {
            lock (gate)
            {
                return resting.TryPop(out var rested) ? rested : new Tally(scan);
            }
        }, (i, _, tally) =>
        {
            scan.Walk(beginnings[i].Node, beginnings[i].So, tally, cancel);
            progress?.Report((double)Interlocked.Increment(ref done) / beginnings.Count);
            return tally;
        }, tally =>
        {
            lock (gate)
            {
                resting.Push(tally);
            }
        });
        var total = resting.Pop();
        foreach (var tally in resting)
        {
            total.Add(tally);
        }

        return scan.Result(total);
    }

    private sealed class Tally(Scan scan)
    {
        public readonly long[][] Bins = scan.NewBins();
        public readonly long[] Better = new long[scan.Width];
        public readonly long[] Equal = new long[scan.Width];
        public readonly long[] Scores = new long[scan.LargestTable];
        public readonly long[] Good = new long[scan.LargestTable];
        public long Plans;
        public long AtLeastAsGood;

        public void Add(Tally other)
        {
            Plans += other.Plans;
            AtLeastAsGood += other.AtLeastAsGood;
            for (var i = 0; i < Bins.Length; i++)
            {
                Better[i] += other.Better[i];
                Equal[i] += other.Equal[i];
                for (var bin = 0; bin < Bins[i].Length; bin++)
                {
                    Bins[i][bin] += other.Bins[i][bin];
                }
            }
        }
    }

    private sealed class Scan
    {
        private readonly PlanGraph _plans;
        private readonly Criterion[] _criteria;
        private readonly CompletionTables _tables;
        private readonly long[]? _reference;
        private readonly long[] _least;
        private readonly int[] _shift;
        private readonly int[] _binCount;

        public Scan(PlanGraph plans, IReadOnlyList<Criterion> criteria, int[]? reference)
        {
            _plans = plans;
            _criteria = new Criterion[criteria.Count];
            for (var i = 0; i < criteria.Count; i++)
            {
                _criteria[i] = criteria[i];
            }

            Width = _criteria.Length;
            _tables = new CompletionTables(plans, _criteria, TableEntries);
            (_least, _shift, _binCount) = (new long[Width], new int[Width], new int[Width]);
            for (var i = 0; i < Width; i++)
            {
                if (_criteria[i].Kind == CriterionKind.Balanced)
                {
                    throw new ArgumentException("A scan compares numbers: take the worst group instead of the sorted vector.", nameof(criteria));
                }

                _least[i] = Optimum.LeastFrom(plans, _criteria[i])[plans.Root];
                var most = _criteria[i].Kind == CriterionKind.Total ? Optimum.MostFrom(plans, _criteria[i])[plans.Root] : _criteria[i].LevelCount - 1;
                while ((most - _least[i]) >> _shift[i] >= MostBins)
                {
                    _shift[i]++;
                }

                _binCount[i] = (int)((most - _least[i]) >> _shift[i]) + 1;
            }

            if (reference is not null)
            {
                _reference = new long[Width];
                for (var i = 0; i < Width; i++)
                {
                    _reference[i] = _criteria[i].ScoreOf(reference);
                }
            }

            for (var node = 0; node < plans.NodeCount; node++)
            {
                LargestTable = _tables.Holds(node) ? Math.Max(LargestTable, (int)plans.CountFrom(node)) : LargestTable;
            }
        }

        public int Width { get; }

        public int LargestTable { get; }

        public long[][] NewBins()
        {
            var bins = new long[Width][];
            for (var i = 0; i < Width; i++)
            {
                bins[i] = new long[_binCount[i] * Lanes];
            }

            return bins;
        }

        public List<(int Node, long[] So)> Beginnings()
        {
            var start = new long[Width];
            for (var i = 0; i < Width; i++)
            {
                start[i] = _criteria[i].Nothing;
            }

            List<(int Node, long[] So)> beginnings = [(_plans.Root, start)];
            for (var grew = true; grew && beginnings.Count < FewestBeginnings;)
            {
                grew = false;
                List<(int Node, long[] So)> next = [];
                foreach (var (node, so) in beginnings)
                {
                    if (_tables.Holds(node))
                    {
                        next.Add((node, so));
                        continue;
                    }

                    grew = true;
                    for (var arc = _plans.FirstArc(node); arc < _plans.FirstArc(node + 1); arc++)
                    {
                        next.Add((_plans.ChildOf(arc), With(so, _plans.GroupOf(arc), new long[Width])));
                    }
                }

                beginnings = next;
            }

            return beginnings;
        }

        public void Walk(int node, long[] so, Tally tally, CancellationToken cancel)
        {
            if (_tables.Holds(node))
            {
                Score(node, so, tally);
                return;
            }

            cancel.ThrowIfCancellationRequested();
            var next = new long[Width];
            for (var arc = _plans.FirstArc(node); arc < _plans.FirstArc(node + 1); arc++)
            {
                Walk(_plans.ChildOf(arc), With(so, _plans.GroupOf(arc), next), tally, cancel);
            }
        }

        public ScanResult Result(Tally tally)
        {
            var spreads = new List<ScanSpread>();
            var standings = new List<Standing>();
            for (var i = 0; i < Width; i++)
            {
                var bins = new long[_binCount[i]];
                for (var lane = 0; lane < tally.Bins[i].Length; lane++)
                {
                    bins[lane / Lanes] += tally.Bins[i][lane];
                }

                spreads.Add(new ScanSpread(_least[i], 1L << _shift[i], bins));
                if (_reference is not null)
                {
                    standings.Add(new Standing((UInt128)tally.Better[i], (UInt128)tally.Equal[i], (UInt128)tally.Plans));
                }
            }

            return new ScanResult(tally.Plans, spreads, standings, tally.AtLeastAsGood);
        }

        private long[] With(long[] so, int group, long[] next)
        {
            for (var i = 0; i < Width; i++)
            {
                next[i] = _criteria[i].Combine(so[i], _criteria[i].Scores[group]);
            }

            return next;
        }

        private void Score(int node, long[] so, Tally tally)
        {
            var count = (int)_plans.CountFrom(node);
            tally.Plans += count;
            var scores = tally.Scores.AsSpan(0, count);
            var good = tally.Good.AsSpan(0, count);
            good.Fill(-1);
            for (var i = 0; i < Width; i++)
            {
                var table = _tables.Of(i, node);
                if (_criteria[i].Kind == CriterionKind.Total)
                {
                    AddTo(table, so[i], scores);
                }
                else
                {
                    LargerOf(table, so[i], scores);
                }

                CountBins(scores, _least[i], _shift[i], tally.Bins[i]);
                if (_reference is not null)
                {
                    Compare(scores, _reference[i], good, ref tally.Better[i], ref tally.Equal[i]);
                }
            }

            for (var at = 0; at < good.Length && _reference is not null; at++)
            {
                tally.AtLeastAsGood -= good[at];
            }
        }

        private static void AddTo(ReadOnlySpan<long> table, long before, Span<long> scores)
        {
            var from = MemoryMarshal.Cast<long, Vector<long>>(table);
            var to = MemoryMarshal.Cast<long, Vector<long>>(scores);
            var all = new Vector<long>(before);
            for (var at = 0; at < to.Length; at++)
            {
                to[at] = from[at] + all;
            }

            for (var at = to.Length * Vector<long>.Count; at < scores.Length; at++)
            {
                scores[at] = table[at] + before;
            }
        }

        private static void LargerOf(ReadOnlySpan<long> table, long before, Span<long> scores)
        {
            var from = MemoryMarshal.Cast<long, Vector<long>>(table);
            var to = MemoryMarshal.Cast<long, Vector<long>>(scores);
            var all = new Vector<long>(before);
            for (var at = 0; at < to.Length; at++)
            {
                to[at] = Vector.Max(from[at], all);
            }

            for (var at = to.Length * Vector<long>.Count; at < scores.Length; at++)
            {
                scores[at] = Math.Max(table[at], before);
            }
        }

        private static void CountBins(ReadOnlySpan<long> scores, long least, int shift, long[] bins)
        {
            for (var at = 0; at < scores.Length; at++)
            {
                bins[((int)((scores[at] - least) >> shift) * Lanes) + (at & (Lanes - 1))]++;
            }
        }

        private static void Compare(ReadOnlySpan<long> scores, long reference, Span<long> good, ref long better, ref long equal)
        {
            var from = MemoryMarshal.Cast<long, Vector<long>>(scores);
            var to = MemoryMarshal.Cast<long, Vector<long>>(good);
            var (all, less, same) = (new Vector<long>(reference), Vector<long>.Zero, Vector<long>.Zero);
            for (var at = 0; at < to.Length; at++)
            {
                var isLess = Vector.LessThan(from[at], all);
                var isSame = Vector.Equals(from[at], all);
                less -= isLess;
                same -= isSame;
                to[at] &= isLess | isSame;
            }

            better += Vector.Sum(less);
            equal += Vector.Sum(same);
            for (var at = to.Length * Vector<long>.Count; at < scores.Length; at++)
            {
                better += scores[at] < reference ? 1 : 0;
                equal += scores[at] == reference ? 1 : 0;
                good[at] &= scores[at] <= reference ? -1 : 0;
            }
        }
    }
}
