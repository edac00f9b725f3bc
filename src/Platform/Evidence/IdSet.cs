using System.Numerics;

namespace Pathfinder.Platform.Evidence;

/// <summary>
/// Ids seen and the line of each, by a 64-bit hash: 12 bytes a place and no text, so that ten million ids take 200 to 400 MB.
/// Two ids of ten million share a hash by chance about once in 400,000 files; the later row would then be called a duplicate.
/// </summary>
internal sealed class IdSet
{
    private ulong[] _slots = new ulong[1024];
    private int[] _lines = new int[1024];
    private int _count;

    /// <summary>The hash of an id.</summary>
    public static ulong Hash(ReadOnlySpan<char> id)
    {
        // FNV-1a over UTF-16, then the finaliser of splitmix64 to spread it over all bits.
        var hash = 14695981039346656037UL;
        foreach (var c in id)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9UL;
        hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebUL;
        return (hash ^ (hash >> 31)) | 1;
    }

    /// <summary>Adds a hash with its line; the line it was added with before, or 0 when it is new.</summary>
    public int Add(ulong hash, int line)
    {
        if (_count * 10L >= _slots.Length * 7L)
        {
            var (hashes, lines) = (_slots, _lines);
            (_slots, _lines) = (new ulong[hashes.Length * 2], new int[hashes.Length * 2]);
            for (var i = 0; i < hashes.Length; i++)
            {
                if (hashes[i] != 0)
                {
                    Insert(hashes[i], lines[i]);
                }
            }
        }

        var earlier = Insert(hash, line);
        _count += earlier == 0 ? 1 : 0;
        return earlier;
    }

    private int Insert(ulong hash, int line)
    {
        var mask = _slots.Length - 1;
        for (var at = (int)(BitOperations.RotateLeft(hash, 32) & (ulong)mask); ; at = (at + 1) & mask)
        {
            if (_slots[at] == 0)
            {
                (_slots[at], _lines[at]) = (hash, line);
                return 0;
            }

            if (_slots[at] == hash)
            {
                return _lines[at];
            }
        }
    }
}
