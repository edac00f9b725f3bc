using System.Security.Cryptography;
using System.Text;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Platform.Programme.Portfolio;

/// <summary>Keeps the lines of a return those of its import.</summary>
public static class ReturnFingerprint
{
    /// <summary>SHA-256 of lines, in lower-case hex.</summary>
    public static string Of(string values) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(values)));

    /// <summary>What is wrong with a return: lines that were not made by an import.</summary>
    internal static IEnumerable<Problem> Check(PortfolioReturn one)
    {
        if (one.Count == 0 || one.Fingerprint != Of(one.Values))
        {
            yield return new Problem("The lines of a return are imported, not typed: these are not the ones it was made with", Field: "values", Accepted: "pathfinder portfolio import");
        }
    }
}
