using Microsoft.AspNetCore.Http.HttpResults;
using Pathfinder.Platform.History;
using Pathfinder.Web.Components.Dates;

namespace Pathfinder.Web.Api;

/// <summary>One way to answer what is asked as at the dates of the address: what is wrong with the dates, what is not there, or the answer.</summary>
internal static class ApiAnswers
{
    /// <summary>An answer that is there on any dates.</summary>
    public static async Task<Results<Ok<T>, ProblemHttpResult>> ListAsync<T>(PageDates dates, Func<AsAt, Task<T>> list) =>
        dates.Problems.Count > 0 ? ApiProblems.Result(dates.Problems) : TypedResults.Ok(await list(dates.At));

    /// <summary>An answer, or that it is not there.</summary>
    public static async Task<Results<Ok<T>, ProblemHttpResult>> FindAsync<T>(PageDates dates, Func<AsAt, Task<T?>> find, string missing)
        where T : class =>
        dates.Problems.Count > 0 ? ApiProblems.Result(dates.Problems) : await find(dates.At) is { } found ? TypedResults.Ok(found) : ApiProblems.NotFound(missing);

    /// <summary>Bytes of JSON as they were stored, or that they are not there.</summary>
    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> BytesAsync(PageDates dates, Func<AsAt, Task<byte[]?>> find, string missing) =>
        dates.Problems.Count > 0 ? ApiProblems.Result(dates.Problems)
        : await find(dates.At) is { } bytes ? TypedResults.Bytes(bytes, "application/json")
        : ApiProblems.NotFound(missing);
}
