using System.Globalization;
using Pathfinder.Platform.Panels;

namespace Pathfinder.Web.Components.Charts;

/// <summary>
/// Draws a control chart: values with centre and limits as steps, signals as larger dots in another colour and named, the target dashed, the
/// comparator as a thin line, events as numbered uprights.
/// </summary>
public static class ControlChartDrawing
{
    private const string Styles =
        "text{font:13px 'Helvetica Neue',arial,sans-serif}text:not([fill]){fill:#0b0c0c}.c-muted{fill:#484949}.c-grid{stroke:#e4e4e4}"
        + ".c-target{stroke:#0b0c0c;stroke-width:1.5;stroke-dasharray:5 4}.c-line{fill:none;stroke-width:2}.c-halo{paint-order:stroke;stroke:#fff;stroke-width:4px}.c-mark{stroke:#505a5f;stroke-dasharray:2 3}";

    /// <summary>The picture of a chart answer, for a page, styled by the page.</summary>
    public static string Draw(ChartAnswer chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return Draw(new ControlPicture
        {
            Description = chart.Finding,
            Points = [.. chart.Points.Select(p => new ControlPicturePoint(p.Date, p.Value, p.Centre, p.Lower, p.Upper, p.Flags.Count > 0 ? p.Flags[0] : null, p.Flags.Count > 0 ? "change" : null, p.Segment))],
            Target = chart.Target,
            Joined = !string.Equals(chart.Kind, "funnel", StringComparison.Ordinal),
        });
    }

    /// <summary>The picture, styled by the page.</summary>
    public static string Draw(ControlPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return new Drawing(picture).Draw();
    }

    /// <summary>The picture of a chart answer as a file of its own, styles inside.</summary>
    public static string DrawFile(ChartAnswer chart)
    {
        var picture = Draw(chart).Replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"920\" ", StringComparison.Ordinal);
        var inside = picture.IndexOf('>', StringComparison.Ordinal) + 1;
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + picture.Insert(inside, "<style>" + Styles + "</style><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>") + "\n";
    }

    /// <summary>The colour of a signal: orange for concern, blue-green for improvement, purple for a change that is neither; its word is in the table and on the dot.</summary>
    public static string ColourOf(string? meaning) => meaning switch
    {
        "concern" => Palette.Qualitative[3],
        "improvement" => Palette.Qualitative[1],
        _ => Palette.Qualitative[2],
    };

    /// <summary>One picture being drawn.</summary>
    private sealed class Drawing
    {
        private static readonly string Values = Palette.Qualitative[0], Limits = Palette.Qualitative[6], Centre = Palette.Qualitative[5], Beside = Palette.Qualitative[7];

        private readonly ControlPicture _picture;
        private readonly double _width, _left, _right, _top, _bottom;
        private readonly Svg _svg;
        private readonly Scale _y;

        public Drawing(ControlPicture picture)
        {
            _picture = picture;
            (_width, _right, _top, _bottom) = picture.Small ? (440.0, 74.0, picture.Marks.Count > 0 ? 26.0 : 12.0, 170.0) : (920.0, 132.0, picture.Marks.Count > 0 ? 42.0 : 26.0, 316.0);
            _svg = new Svg(_width, _bottom + 34);
            var values = picture.Points.SelectMany(p => new[] { p.Value, p.Centre, p.Lower, p.Upper, p.Comparator }).Append(picture.Target).OfType<double>().ToList();
            _y = new Scale(values.Min(), values.Max(), _bottom, _top, picture.Small ? 3 : 5);
            // Wide figures need room beside the axis.
            _left = Math.Max(picture.Small ? 40 : 62, 16 + (7.5 * _y.Ticks.Max(tick => Read(tick).Length)));
        }

        public string Draw()
        {
            foreach (var tick in _y.Ticks)
            {
                _svg.Line(_left, _y.At(tick), _width - _right, _y.At(tick), "c-grid").Text(_left - (_picture.Small ? 6 : 10), _y.At(tick) + 4.5, Read(tick), "end", "c-muted");
            }

            Steps(p => p.Upper, Limits);
            Steps(p => p.Lower, Limits);
            Steps(p => p.Centre, Centre);
            Target();
            Events();
            Line(p => p.Comparator, Beside);
            if (_picture.Joined)
            {
                Line(p => p.Value, Values);
            }

            Dots();
            NameLines();
            NamePeriods();
            return _svg.Finish(_picture.Description);
        }

        private double X(double index) => _left + ((index + 0.5) / _picture.Points.Count * (_width - _left - _right));

        private string Read(double value) => value.ToString((Math.Abs(value) >= 1000 ? "N" : "F") + _y.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

        private void Target()
        {
            if (_picture.Target is { } target)
            {
                _svg.Line(_left, _y.At(target), _width - _right, _y.At(target), "c-target");
            }
        }

        private void Events()
        {
            for (var i = 0; i < _picture.Marks.Count;)
            {
                // Events that stand close together share one label.
                var (first, last, x) = (_picture.Marks[i].Number, _picture.Marks[i].Number, X(_picture.Marks[i].Position));
                for (; i < _picture.Marks.Count && X(_picture.Marks[i].Position) - x < 24; i++)
                {
                    last = _picture.Marks[i].Number;
                    _svg.Line(X(_picture.Marks[i].Position), _top - 6, X(_picture.Marks[i].Position), _bottom, "c-mark");
                }

                var text = first == last ? first.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{first}–{last}");
                _svg.Text(x, _top - 9.5, text, "middle", "c-strong c-halo");
            }

            if (_picture.Baseline is { } count && !_picture.Small)
            {
                _svg.Line(X(-0.5), _bottom + 4, X(count - 0.5), _bottom + 4, "c-line", Limits);
                _svg.Text(X(-0.5) + 4, _bottom - 6, "these set the limits", "start", "c-muted c-halo");
            }
        }

        private void Line(Func<ControlPicturePoint, double?> level, string colour)
        {
            var path = new System.Text.StringBuilder();
            var pen = false;
            for (var i = 0; i < _picture.Points.Count; i++)
            {
                if (level(_picture.Points[i]) is { } value)
                {
                    path.Append(pen && !_picture.Points[i].AfterGap ? 'L' : 'M').Append(Svg.N(X(i))).Append(' ').Append(Svg.N(_y.At(value)));
                    pen = true;
                }
                else
                {
                    pen = false;
                }
            }

            if (path.Length > 0)
            {
                _svg.Path(path.ToString(), "c-line", colour);
            }
        }

        private void Steps(Func<ControlPicturePoint, double?> level, string colour)
        {
            var points = _picture.Points;
            var path = new System.Text.StringBuilder();
            for (var i = 0; i < points.Count; i++)
            {
                if (level(points[i]) is { } value)
                {
                    var start = i == 0 || points[i - 1].Segment != points[i].Segment || level(points[i - 1]) is null ? 'M' : 'L';
                    path.Append(CultureInfo.InvariantCulture, $"{start}{Svg.N(X(i - 0.5))} {Svg.N(_y.At(value))}L{Svg.N(X(i + 0.5))} {Svg.N(_y.At(value))}");
                }
            }

            if (path.Length > 0)
            {
                _svg.Path(path.ToString(), "c-line", colour);
            }
        }

        private void Dots()
        {
            var many = _picture.Points.Count > 120;
            for (var i = 0; i < _picture.Points.Count; i++)
            {
                var point = _picture.Points[i];
                var small = _picture.Small || many;
                if (point.Signal is null && many)
                {
                    continue;
                }

                _svg.Dot(
                    X(i), _y.At(point.Value), point.Signal is null ? (small ? 2 : 3.5) : small ? 3.5 : 5, point.Signal is null ? Values : ColourOf(point.Meaning),
                    title: $"{point.Label}: {point.Value.ToString("0.####", CultureInfo.InvariantCulture)}{(point.Signal is null ? "" : ", " + point.Signal)}");
            }
        }

        // Each line is named at its end; names that would cover each other are pushed apart.
        private void NameLines()
        {
            var last = _picture.Points[^1];
            var names = new List<(double Y, string Text, string Colour)>();
            if (!_picture.Small)
            {
                Add(last.Upper, "upper ", Limits);
                Add(last.Centre, "centre ", Centre);
                Add(last.Lower, "lower ", Limits);
                if (_picture.Joined)
                {
                    Add(last.Value, "", Values);
                }
            }
            else
            {
                Add(last.Value, "", Values);
            }

            if (_picture.ComparatorName is { } name && _picture.Points.LastOrDefault(p => p.Comparator is not null)?.Comparator is { } beside)
            {
                names.Add((_y.At(beside), _picture.Small ? name : $"{name} {Read(beside)}", Beside));
            }

            if (_picture.Target is { } target)
            {
                names.Add((_y.At(target), (_picture.Small ? "target" : "target ") + (_picture.Small ? "" : Read(target)), Palette.Ink));
            }

            var above = double.NegativeInfinity;
            foreach (var (y, text, colour) in names.OrderBy(one => one.Y))
            {
                above = Math.Max(y + 4.5, above + 15);
                _svg.Text(_width - _right + 6, above, text, "start", "c-halo", colour);
            }

            void Add(double? value, string word, string colour)
            {
                if (value is { } known)
                {
                    names.Add((_y.At(known), word + Read(known), colour));
                }
            }
        }

        private void NamePeriods()
        {
            var count = _picture.Points.Count;
            var every = Math.Max(1, (int)Math.Ceiling(count / (_picture.Small ? 4.0 : 10.0)));
            for (var i = 0; i < count; i += every)
            {
                _svg.Text(X(i), _bottom + 20, _picture.Points[i].Label, "middle", "c-muted");
            }
        }
    }
}
