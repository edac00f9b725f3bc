using Pathfinder.Platform.Programme.Portfolio;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Portfolios;

/// <summary>How a line came to its project.</summary>
public enum MatchedBy
{
    /// <summary>By its id.</summary>
    Id,

    /// <summary>Somebody confirmed it.</summary>
    Confirmed,

    /// <summary>Proposed: the same name, but for case and punctuation, in the same department.</summary>
    SameName,

    /// <summary>Proposed: a name like it in the same department.</summary>
    LikeName,

    /// <summary>Proposed: another name in the same department, but the same start, and the same end in the next round or half of the words of the shorter name.</summary>
    SameDates,

    /// <summary>By nothing: a project of its own.</summary>
    Nothing,
}

/// <summary>A line of a round as part of its project.</summary>
/// <param name="Likeness">Of a name like another: shared words out of all words, 0 to 1.</param>
/// <param name="Version">The version of the decision on its match; 0 where there is none.</param>
public sealed record ProjectLine(int Round, ReturnLine Line, MatchedBy By, double Likeness, long Version);

/// <summary>A project over the rounds.</summary>
/// <param name="Key">Its id, or a key made of department and name where no round gives one.</param>
/// <param name="Lines">Its lines, oldest first.</param>
public sealed record PortfolioProject(string Key, IReadOnlyList<ProjectLine> Lines)
{
    /// <summary>Its newest line.</summary>
    public ProjectLine Latest => Lines[^1];

    /// <summary>Days by which the end of the newest line is later than that of the first that gives one; null where fewer than two do.</summary>
    public int? EndMoved => Lines.Where(line => line.Line.End is not null).ToList() is [var first, .., var last] ? last.Line.End!.Value.DayNumber - first.Line.End!.Value.DayNumber : null;

    /// <summary>Newest whole-life cost less the first; null where fewer than two lines give one.</summary>
    public decimal? CostMoved => Lines.Where(line => line.Line.Cost is not null).ToList() is [var first, .., var last] ? last.Line.Cost - first.Line.Cost : null;
}

/// <summary>How a round stands to the one before.</summary>
/// <param name="Ratings">Lines by word of the scale, the best first; then words that are no rating, then none ("").</param>
/// <param name="IsFirst">Whether there is no round before: nothing moved.</param>
/// <param name="ScaleChanged">Whether its scale is another than that of the round before, so that ratings are not compared.</param>
/// <param name="Cost">Sum of the whole-life costs given; null where none is.</param>
/// <param name="CostLines">How many lines give one.</param>
/// <param name="CostMoved">By how much the whole-life costs moved of the projects that give one in both rounds.</param>
public sealed record RoundMovement(
    int Round, int Lines, IReadOnlyList<(string Word, int Count)> Ratings, bool IsFirst, bool ScaleChanged, int Better, int Worse, int Same, int Entered, int Left, int EndLater, int EndEarlier, decimal? Cost, int CostLines, decimal CostMoved);

/// <summary>A portfolio over its rounds, as at dates.</summary>
public sealed class PortfolioBook
{
    /// <summary>Shared words out of all words from which a name is proposed as the same project.</summary>
    public const double LeastLikeness = 0.6;

    private readonly Dictionary<string, PortfolioProject> _byKey;
    private readonly Func<string, string> _department;

    private PortfolioBook(string portfolio, IReadOnlyList<PortfolioReturn> returns, IReadOnlyList<PortfolioProject> projects, Func<string, string> department)
    {
        _department = department;
        (Portfolio, Returns, Projects) = (portfolio, returns, projects);
        _byKey = projects.ToDictionary(project => project.Key, StringComparer.Ordinal);
        Rounds = Movements(returns, projects);
    }

    /// <summary>Key of the portfolio.</summary>
    public string Portfolio { get; }

    /// <summary>Its returns, oldest first.</summary>
    public IReadOnlyList<PortfolioReturn> Returns { get; }

    /// <summary>Its projects in order of key.</summary>
    public IReadOnlyList<PortfolioProject> Projects { get; }

    /// <summary>Its rounds, oldest first.</summary>
    public IReadOnlyList<RoundMovement> Rounds { get; }

    /// <summary>Lines whose match is proposed and waits for a decision.</summary>
    public IEnumerable<(PortfolioProject Project, ProjectLine Line)> Proposed => Projects.SelectMany(project => project.Lines.Where(line => line.By is MatchedBy.SameName or MatchedBy.LikeName or MatchedBy.SameDates).Select(line => (project, line)));

    /// <summary>A project, or null.</summary>
    public PortfolioProject? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>What is found, a sentence.</summary>
    public string Headline => Rounds is [.., var before, var last]
        ? last.ScaleChanged
            ? $"{last.Lines} projects in {last.Round}; the scale changed since {before.Round}, so ratings are not compared"
            : $"{last.Lines} projects in {last.Round}: {last.Worse} rated worse than in {before.Round}, {last.Better} better; {last.EndLater} end later"
        : $"{Projects.Count} projects in one round";

    /// <summary>
    /// Builds the book: lines with an id by it; the others newest round first, each to the project of its department whose name is the
    /// same, else most like it, else whose dates are the same; one line a project and round. What somebody decided goes before what is proposed.
    /// </summary>
    public static PortfolioBook Build(string portfolio, IReadOnlyList<PortfolioReturn> returns, IReadOnlyList<StoredRecord<PortfolioMatch>> decided)
    {
        ArgumentNullException.ThrowIfNull(returns);
        var departments = Departments(returns);
        string Department(string name) => departments.GetValueOrDefault(name.ToUpperInvariant(), name.ToUpperInvariant());
        var open = new Dictionary<string, Draft>(StringComparer.Ordinal);
        foreach (var one in returns)
        {
            foreach (var line in ReturnLines.Of(one).Where(line => line.Id is not null))
            {
                if (!open.TryGetValue(line.Id!, out var draft))
                {
                    open[line.Id!] = draft = new Draft(line.Id!);
                }

                draft.Add(new ProjectLine(one.Round, line, MatchedBy.Id, 1, 0), Department(line.Department));
            }
        }

        var decisions = decided.ToLookup(match => (match.Body.Round, match.Body.Name, match.Body.Department ?? ""), match => match);
        foreach (var one in returns.OrderByDescending(one => one.Round))
        {
            var rest = new List<ReturnLine>();
            foreach (var line in ReturnLines.Of(one).Where(line => line.Id is null))
            {
                if (decisions[(one.Round, line.Name, line.Department)].FirstOrDefault(match => match.Body.State == MatchState.Confirmed) is { } match
                    && (!open.TryGetValue(match.Body.Project, out var draft) || !draft.Has(one.Round)))
                {
                    draft ??= open[match.Body.Project] = new Draft(match.Body.Project);
                    draft.Add(new ProjectLine(one.Round, line, MatchedBy.Confirmed, 1, match.VersionId), Department(line.Department));
                }
                else
                {
                    rest.Add(line);
                }
            }

            var candidates = open.Values.Where(draft => !draft.Has(one.Round)).SelectMany(draft => draft.Departments.Select(department => (department, draft))).ToLookup(pair => pair.department, pair => pair.draft, StringComparer.Ordinal);
            var pairs = rest.SelectMany(line => candidates[Department(line.Department)].Distinct()
                    .Where(draft => !decisions[(one.Round, line.Name, line.Department)].Any(match => match.Body.State == MatchState.Refused && match.Body.Project == draft.Key))
                    .Select(draft => (Line: line, Draft: draft, Likeness: draft.Likeness(line.Name))))
                .Where(pair => pair.Likeness >= LeastLikeness || pair.Draft.HasDatesOf(pair.Line, one.Round))
                .OrderByDescending(pair => pair.Likeness).ThenBy(pair => pair.Line.Name, StringComparer.Ordinal).ThenBy(pair => pair.Draft.Key, StringComparer.Ordinal).ToList();
            var placed = new HashSet<ReturnLine>(ReferenceEqualityComparer.Instance);
            foreach (var (line, draft, likeness) in pairs)
            {
                if (!draft.Has(one.Round) && placed.Add(line))
                {
                    draft.Add(new ProjectLine(one.Round, line, likeness >= 1 ? MatchedBy.SameName : likeness >= LeastLikeness ? MatchedBy.LikeName : MatchedBy.SameDates, likeness, 0), Department(line.Department));
                }
            }

            foreach (var line in rest.Where(line => !placed.Contains(line)))
            {
                var key = RecordKeys.FirstFree(RecordKeys.FromTitle($"{Department(line.Department)} {line.Name}", "project"), open.ContainsKey);
                open[key] = new Draft(key);
                open[key].Add(new ProjectLine(one.Round, line, MatchedBy.Nothing, 0, 0), Department(line.Department));
            }
        }

        return new PortfolioBook(portfolio, returns, [.. open.Values.OrderBy(draft => draft.Key, StringComparer.Ordinal).Select(draft => draft.Build())], Department);
    }

    /// <summary>
    /// Projects that may be this one under another name: of its department, with no return of the same round, at least one of the two
    /// without an id in any round.
    /// </summary>
    public IReadOnlyList<PortfolioProject> MayBe(PortfolioProject project)
    {
        ArgumentNullException.ThrowIfNull(project);
        var departments = project.Lines.Select(line => _department(line.Line.Department)).ToHashSet(StringComparer.Ordinal);
        var rounds = project.Lines.Select(line => line.Round).ToHashSet();
        return [.. Projects.Where(other => other.Key != project.Key && !(HasId(other) && HasId(project)) && other.Lines.All(line => !rounds.Contains(line.Round)) && other.Lines.Any(line => departments.Contains(_department(line.Line.Department))))
            .OrderBy(other => other.Latest.Line.Name, StringComparer.Ordinal)];
    }

    /// <summary>The decisions that make two projects one: the lines of the one without an id, or else of the older one, are confirmed to be the other.</summary>
    public static IReadOnlyList<MatchDecision> Join(PortfolioProject one, PortfolioProject other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var (stays, goes) = HasId(one) || (!HasId(other) && one.Latest.Round > other.Latest.Round) ? (one, other) : (other, one);
        return [.. goes.Lines.Select(line => new MatchDecision(line.Round, line.Line.Name, line.Line.Department, stays.Key, MatchState.Confirmed))];
    }

    private static bool HasId(PortfolioProject project) => project.Lines.Any(line => line.By == MatchedBy.Id);

    /// <summary>Place of a rating in its round's scale, the best 0; null for none.</summary>
    public int? Place(ProjectLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var scale = Returns.First(one => one.Round == line.Round).Scale;
        for (var i = 0; i < scale.Count; i++)
        {
            if (scale[i] == line.Line.Rating)
            {
                return i;
            }
        }

        return null;
    }

    private List<RoundMovement> Movements(IReadOnlyList<PortfolioReturn> returns, IReadOnlyList<PortfolioProject> projects)
    {
        var rounds = new List<RoundMovement>();
        for (var r = 0; r < returns.Count; r++)
        {
            var (one, before) = (returns[r], r > 0 ? returns[r - 1] : null);
            var changed = before is not null && !before.Scale.SequenceEqual(one.Scale, StringComparer.Ordinal);
            var (better, worse, same, entered, left, later, earlier, moved) = (0, 0, 0, 0, 0, 0, 0, 0m);
            foreach (var project in projects)
            {
                var now = project.Lines.FirstOrDefault(line => line.Round == one.Round);
                var then = before is null ? null : project.Lines.FirstOrDefault(line => line.Round == before.Round);
                entered += now is not null && then is null && before is not null ? 1 : 0;
                left += now is null && then is not null ? 1 : 0;
                if (now is null || then is null)
                {
                    continue;
                }

                later += now.Line.End > then.Line.End ? 1 : 0;
                earlier += now.Line.End < then.Line.End ? 1 : 0;
                moved += now.Line.Cost - then.Line.Cost ?? 0;
                if (!changed && Place(now) is { } place && Place(then) is { } was)
                {
                    better += place < was ? 1 : 0;
                    worse += place > was ? 1 : 0;
                    same += place == was ? 1 : 0;
                }
            }

            var lines = ReturnLines.Of(one);
            var counts = lines.CountBy(line => line.Rating ?? "", StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
            var words = one.Scale.Concat(counts.Keys.Where(word => !one.Scale.Contains(word, StringComparer.Ordinal)).OrderByDescending(word => word, StringComparer.Ordinal)).Select(word => (word, counts.GetValueOrDefault(word))).ToList();
            rounds.Add(new RoundMovement(one.Round, lines.Count, words, before is null, changed, better, worse, same, entered, left, later, earlier, lines.Any(line => line.Cost is not null) ? lines.Sum(line => line.Cost) : null, lines.Count(line => line.Cost is not null), moved));
        }

        return rounds;
    }

    private static Dictionary<string, string> Departments(IReadOnlyList<PortfolioReturn> returns)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in returns.SelectMany(one => one.Departments))
        {
            var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
            foreach (var other in parts.Length == 2 ? parts[1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [])
            {
                names[other.ToUpperInvariant()] = parts[0].ToUpperInvariant();
            }
        }

        return names;
    }

    /// <summary>A project while it is put together.</summary>
    private sealed class Draft(string key)
    {
        private readonly List<ProjectLine> _lines = [];
        private readonly HashSet<int> _rounds = [];
        private readonly HashSet<string> _plain = new(StringComparer.Ordinal);
        private readonly List<HashSet<string>> _words = [];

        public string Key => key;

        public HashSet<string> Departments { get; } = new(StringComparer.Ordinal);

        public bool Has(int round) => _rounds.Contains(round);

        public void Add(ProjectLine line, string department)
        {
            _lines.Add(line);
            _rounds.Add(line.Round);
            Departments.Add(department);
            var words = Words(line.Line.Name);
            if (_plain.Add(string.Join(' ', words)))
            {
                _words.Add(Telling(words));
            }
        }

        /// <summary>1 for the same name but for case and punctuation, else shared words out of all words of the name most like it.</summary>
        public double Likeness(string name)
        {
            var words = Words(name);
            if (_plain.Contains(string.Join(' ', words)))
            {
                return 1;
            }

            // Another name is never as sure as the same one.
            var telling = Telling(words);
            return _words.Count == 0 ? 0 : Math.Min(_words.Max(other => Shared(telling, other) is var shared && shared == 0 ? 0 : (double)shared / (telling.Count + other.Count - shared)), 0.99);
        }

        /// <summary>Whether a line of a round starts with the project, and ends with it in the next round or shares half of the words of the shorter name.</summary>
        public bool HasDatesOf(ReturnLine line, int round)
        {
            var telling = Telling(Words(line.Name));
            return line.Start is { } start && _lines.Exists(held => held.Line.Start == start
                && ((line.End is { } end && held.Line.End == end && held.Round == round + 1)
                    || _words.Exists(other => 2 * Shared(telling, other) >= Math.Min(telling.Count, other.Count))));
        }

        public PortfolioProject Build() => new(key, [.. _lines.OrderBy(line => line.Round)]);

        private static int Shared(HashSet<string> one, HashSet<string> other) => one.Count(other.Contains);

        /// <summary>The words that tell one project from another; all of them where none does.</summary>
        private static HashSet<string> Telling(List<string> words) => words.Exists(IsTelling) ? [.. words.Where(IsTelling)] : [.. words];

        private static bool IsTelling(string word) => word is not ("programme" or "project" or "the" or "and" or "of" or "for" or "formerly");

        private static List<string> Words(string name)
        {
            var words = new List<string>();
            var word = new System.Text.StringBuilder();
            foreach (var letter in name + " ")
            {
                if (char.IsLetterOrDigit(letter))
                {
                    word.Append(char.ToLowerInvariant(letter));
                }
                else if (letter is not ('\'' or '’') && word.Length > 0)
                {
                    words.Add(word.ToString());
                    word.Clear();
                }
            }

            return words;
        }
    }
}
