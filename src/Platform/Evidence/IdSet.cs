using System.Numerics;

namespace Pathfinder.Platform.Evidence;

/// <summary>
/// Ids seen, by a 64-bit hash: 8 bytes a place and no text, so that ten million ids take 128 to 256 MB. Two ids of ten
/// million share a hash by chance about once in 400,000 files; the later row would then be called a duplicate.
/// </summary>
internal sealed class IdSet
{
    private ulong[] _slots = new ulong[1024];
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

    /// <summary>Adds a hash; false when it was there.</summary>
    public bool Add(ulong hash)
    {
        if (_count * 10L >= _slots.Length * 7L)
        {
            var old = _slots;
            _slots = new ulong[old.Length * 2];
            foreach (var each in old)
            {
                if (each != 0)
                {
                    Insert(each);
                }
            }
        }

        if (!Insert(hash))
        {
            return false;
        }

        _count++;
        return true;
    }

    private bool Insert(ulong hash)
    {
        var mask = _slots.Length - 1;
        for (var at = (int)(BitOperations.RotateLeft(hash, 32) & (ulong)mask); ; at = (at + 1) & mask)
        {
            if (_slots[at] == 0)
            {
                _slots[at] = hash;
                return true;
            }

            if (_slots[at] == hash)
            {
                return false;
            }
        }
    }
}
