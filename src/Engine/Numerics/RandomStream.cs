using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pathfinder.Engine.Numerics;

/// <summary>
/// Counter-based random numbers: a draw is a function of its keys and of nothing else, so it is the same whenever and in
/// whatever order it is asked for. Mixing is the finaliser of SplitMix64 (Steele, Lea and Flood 2014) over a Weyl sequence.
/// </summary>
public readonly struct RandomStream
{
    private const ulong Golden = 0x9E3779B97F4A7C15UL;
    private readonly ulong _key;

    private RandomStream(ulong key) => _key = key;

    /// <summary>The root of one replication.</summary>
    public static RandomStream Of(ulong seed, int replication) =>
        new(Mix(Mix(seed + Golden) + (((ulong)(uint)replication + 1) * 0xD1342543DE82EF95UL)));

    /// <summary>The stream of one member (an incident's number, a unit's key) of this stream.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RandomStream At(ulong member) => new(Mix(_key + ((member + 1) * Golden)));

    /// <summary>64 random bits for one purpose.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Bits(int purpose) => Mix(_key ^ ((ulong)(uint)(purpose + 1) * 0xA0761D6478BD642FUL));

    /// <summary>The streams of consecutive members from <paramref name="first"/> on, a vector of them at a time: the same as of <see cref="At(ulong)"/>.</summary>
    public void At(ulong first, Span<RandomStream> members)
    {
        ref var keys = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<RandomStream, ulong>(members));
        var next = (Vector256.Create(first + 1) + Vector256<ulong>.Indices) * Golden + Vector256.Create(_key);
        var i = 0;
        for (; i <= members.Length - Vector256<ulong>.Count; i += Vector256<ulong>.Count)
        {
            Mix(next).StoreUnsafe(ref keys, (nuint)i);
            next += Vector256.Create(unchecked(4 * Golden));
        }

        for (; i < members.Length; i++)
        {
            members[i] = At(first + (ulong)i);
        }
    }

    /// <summary>64 random bits for one purpose of each of some streams: the same as of <see cref="Bits(int)"/>.</summary>
    public static void Bits(ReadOnlySpan<RandomStream> streams, int purpose, Span<ulong> bits)
    {
        ref var keys = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<RandomStream, ulong>(streams));
        ref var to = ref MemoryMarshal.GetReference(bits[..streams.Length]);
        var salt = Vector256.Create((ulong)(uint)(purpose + 1) * 0xA0761D6478BD642FUL);
        var i = 0;
        for (; i <= streams.Length - Vector256<ulong>.Count; i += Vector256<ulong>.Count)
        {
            Mix(Vector256.LoadUnsafe(ref keys, (nuint)i) ^ salt).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < streams.Length; i++)
        {
            bits[i] = streams[i].Bits(purpose);
        }
    }

    /// <summary>A number strictly between 0 and 1, on a grid of 2^-53.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Uniform(int purpose) => ToUniform(Bits(purpose));

    /// <summary>An exponential number of mean 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Exponential(int purpose) => -Elementary.Log(Uniform(purpose));

    /// <summary>A standard normal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Normal(int purpose) => Elementary.NormalQuantile(Uniform(purpose));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double ToUniform(ulong bits) => ((bits >> 11) + 0.5) * (1.0 / 9007199254740992.0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Mix(Vector256<ulong> z)
    {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >>> 31);
    }
}
