using System.Globalization;

namespace Pathfinder.Cli.Commands;

/// <summary>A line of progress on standard error that rewrites itself on a terminal and is silent in a pipe.</summary>
internal sealed class ProgressLine(string what) : IProgress<double>, IDisposable
{
    private readonly Lock _gate = new();
    private readonly bool _shows = !Console.IsErrorRedirected;
    private int _shown = -1;

    public void Report(double value)
    {
        var percent = (int)(value * 100);
        if (!_shows || percent <= _shown)
        {
            return;
        }

        lock (_gate)
        {
            if (percent > _shown)
            {
                _shown = percent;
                Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{what}: {percent}%"));
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_shown >= 0)
            {
                Console.Error.Write("\r" + new string(' ', what.Length + 6) + "\r");
                _shown = -1;
            }
        }
    }
}
