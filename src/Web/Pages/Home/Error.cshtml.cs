using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Pathfinder.Web.Pages.Home;

/// <summary>What went wrong, in words that help; shown in place of the page asked for.</summary>
[OpenToAll("An error must be readable before signing in; it holds nothing but a reference.")]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ErrorModel : PageModel
{
    /// <summary>The status shown.</summary>
    public int Status { get; private set; }

    /// <summary>The headline.</summary>
    public string Headline { get; private set; } = "";

    /// <summary>What to do.</summary>
    public string Help { get; private set; } = "";

    /// <summary>A reference to look the error up in the log.</summary>
    public string? Reference { get; private set; }

    /// <summary>Shows the page, whatever the method of the request that failed.</summary>
    public void OnGet(int status) => Show(status);

    /// <summary>Shows the page after a form failed.</summary>
    public void OnPost(int status) => Show(status);

    private void Show(int status)
    {
        Status = status is >= 400 and < 600 ? status : StatusCodes.Status404NotFound;
        Response.StatusCode = Status;
        (Headline, Help) = Status switch
        {
            400 => ("The request could not be understood", "If you sent a form that stood open for long, open it again and send it anew."),
            403 => ("You may not see this page", "Your roles do not include it. Ask an administrator of Pathfinder if you need it for your work."),
            404 => ("Page not found", "Check the address. What it names may be known under another date, or by another code."),
            413 => ("What you sent is too large", "Send a smaller file, or use the command line, which has no such limit."),
            429 => ("Too many attempts", "Wait a minute, then try again."),
            < 500 => ("The request could not be answered", "Go back and try again."),
            _ => ("Sorry, something went wrong", "It is a fault of Pathfinder, not of what you did. Nothing was half written. Try again; if it happens again, give the reference below to whoever runs the service."),
        };
        Reference = Status >= 500 ? Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier : null;
    }
}
