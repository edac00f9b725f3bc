using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Pathfinder.Platform.Designs;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.Problems;

namespace Pathfinder.Web.Pages.Designs;

/// <summary>A page about one design: it loads the design and its pack, and saves another version of it for a reason.</summary>
public abstract class DesignPageModel(DesignRegister register, TimeProvider time) : AsAtPageModel
{
    /// <summary>Key of the design, from the address.</summary>
    [BindProperty(SupportsGet = true, Name = "key")]
    public string Key { get; set; } = "";

    /// <summary>The reason given for a change.</summary>
    [BindProperty(Name = "why")]
    public string? Why { get; set; }

    /// <summary>Id of the version that the form was filled in on.</summary>
    [BindProperty(Name = "version")]
    public long? Expected { get; set; }

    /// <summary>The version shown.</summary>
    public FactVersion<Design> Version { get; private set; } = null!;

    /// <summary>The design shown.</summary>
    public Design Design { get; protected set; } = null!;

    /// <summary>The pack it is drawn on.</summary>
    public ForcePack Pack { get; private set; } = null!;

    /// <summary>What is wrong with the form.</summary>
    public IReadOnlyList<Problem> Problems { get; protected set; } = [];

    /// <summary>Boroughs of the force, by name.</summary>
    public IEnumerable<Borough> Boroughs => Pack.Boroughs.Where(borough => borough.InForce).OrderBy(borough => borough.Name, StringComparer.Ordinal);

    /// <summary>Whether the design is the force as it was on a date, which nobody changes.</summary>
    public bool IsForceAsItIs => DesignRegister.IsForceAsItIs(Key);

    /// <summary>Where designs are kept.</summary>
    protected DesignRegister Register => register;

    /// <summary>The name of a borough.</summary>
    public string BoroughName(string code) => Pack.Boroughs.FirstOrDefault(borough => borough.Code == code)?.Name ?? code;

    /// <summary>Names of boroughs as a sentence has them.</summary>
    public string BoroughNames(IEnumerable<string> codes) => Components.Format.List([.. codes.Select(BoroughName).Order(StringComparer.Ordinal)]);

    /// <summary>Loads the design as at the page's dates; false when there is none.</summary>
    protected Task<bool> LoadAsync() => LoadAsync(At);

    /// <summary>Loads the newest version, whatever dates the page shows: what is changed is always what is known now.</summary>
    protected async Task<bool> LoadNewestAsync() => await LoadAsync(time.Now());

    /// <summary>Saves another version and goes to <paramref name="then"/>, or shows the page again with what is wrong.</summary>
    protected async Task<IActionResult> SaveAsync(Design changed, string? then = null)
    {
        if (IsForceAsItIs)
        {
            Problems = [new Problem("The force as it is cannot be changed; copy it and change the copy", Accepted: "a copy")];
            return Page();
        }

        var saved = await register.SaveAsync(Key, changed, Expected, User.Change(Why?.Trim() ?? ""), HttpContext.RequestAborted);
        if (saved.Succeeded)
        {
            return Redirect(then ?? $"/designs/{Key}");
        }

        Problems = saved.Problems;
        Design = changed;
        return Page();
    }

    /// <summary>A whole number of the form, or null with a problem.</summary>
    protected static int? Whole(IFormCollection form, string name, string what, List<Problem> problems)
    {
        var text = form[name].ToString().Trim();
        if (int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        problems.Add(new Problem($"{what} must be a whole number", Field: name, Found: text, Accepted: "a whole number"));
        return null;
    }

    /// <summary>A number of the form, or null with a problem.</summary>
    protected static double? Number(IFormCollection form, string name, string what, List<Problem> problems)
    {
        var text = form[name].ToString().Trim();
        if (double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
        {
            return value;
        }

        problems.Add(new Problem($"{what} must be a number", Field: name, Found: text, Accepted: "a number, for example 12.5"));
        return null;
    }

    private async Task<bool> LoadAsync(AsAt at)
    {
        if (await register.FindAsync(Key, at, HttpContext.RequestAborted) is not { Body: { } body } version
            || await register.PackOfAsync(body, HttpContext.RequestAborted) is not { } pack)
        {
            return false;
        }

        Version = version;
        Design = body;
        Pack = pack;
        return true;
    }
}
