using Microsoft.Playwright;

namespace Pathfinder.Browser.Tests;

/// <summary>The decision maker's job: a paper is written, completed and signed; a fact beneath it changes; it is looked at again.</summary>
public sealed class TakeADecisionTests(Site site, ITestOutputHelper output)
{
    [Fact]
    public async Task Journey_TakeADecisionOnLondonsProgramme_EndsInReconsiderWithWhatChanged()
    {
        if (!site.HasBrowser)
        {
            output.WriteLine("PATHFINDER_TEST_CHROMIUM is not set: no browser, nothing checked.");
            return;
        }

        var complaints = new List<string>();
        var office = await site.OpenAsync("/decisions", complaints);
        await office.GetByRole(AriaRole.Button, new() { Name = "New decision" }).ClickAsync();
        await office.ShouldBeAccessibleAsync();
        await office.Locator("[name=title]").FillAsync("Tranche 2 of the programme");
        await office.Locator("[name=work]").SelectOptionAsync("slp");
        await office.Locator("[name=decisionMaker]").SelectOptionAsync("dmpc");
        await office.Locator("[name=amount]").FillAsync("650,000");
        await office.Locator("[name=recommendation-0]").FillAsync("Approve tranche 2");
        await office.Locator("[name=recommendation-amount-0]").FillAsync("650,000");
        await office.Locator("[name=rests-0]").FillAsync(site.Address + "/funding/slp-tranche-1");
        await office.Locator("[name=rests-for-0]").FillAsync("What tranche 1 cost");
        await office.Locator("[name=rests-1]").FillAsync("benefit:slp-1-1");
        await office.Locator("[name=why]").FillAsync("The programme asks for its next tranche");
        await office.GetByRole(AriaRole.Button, new() { Name = "Save the draft" }).ClickAsync();

        // The page says what is missing: six sections and four declarations.
        (await office.Locator("h1").InnerTextAsync()).ShouldContain("Not ready: 10 things are missing before it may be submitted");
        var missing = await office.Locator("#table-missing").InnerTextAsync();
        missing.ShouldContain("The section \"Legal comments\" is missing");
        missing.ShouldContain("Advice of the head of unit is missing");
        (await office.Locator("main").InnerTextAsync()).ShouldContain("has the authority");
        await office.ShouldBeAccessibleAsync();
        var address = new Uri(office.Url).AbsolutePath;

        await office.GetByRole(AriaRole.Button, new() { Name = "Write the paper" }).ClickAsync();
        (await office.Locator("[name=rests-0]").InputValueAsync()).ShouldEndWith(" [funding:slp-tranche-1]", Case.Sensitive, "nothing is asked twice");
        for (var section = 0; section < 6; section++)
        {
            if (section is 3 or 4)
            {
                await office.Locator($"input[name=section-nil-{section}]").CheckAsync();
            }
            else
            {
                await office.Locator($"[name=section-{section}]").FillAsync("What the decision maker must know.");
            }
        }

        foreach (var kind in (string[])["UnitHead", "Legal", "Financial", "Equality"])
        {
            await office.Locator($"input[name=advice-{kind}]").CheckAsync();
        }

        await office.Locator("[name=why]").FillAsync("Sections and advice are there");
        await office.GetByRole(AriaRole.Button, new() { Name = "Save the draft" }).ClickAsync();
        (await office.Locator("h1").InnerTextAsync()).ShouldContain("Ready to be submitted");
        await office.GetByRole(AriaRole.Button, new() { Name = "Submit this decision" }).ClickAsync();
        await office.ShouldBeAccessibleAsync();
        await office.Locator("[name=why]").FillAsync("Complete");
        await office.GetByRole(AriaRole.Button, new() { Name = "Submit this decision" }).ClickAsync();
        (await office.Locator("h1").InnerTextAsync()).ShouldContain("Waits for a signature on £650,000");
        (await office.GetByRole(AriaRole.Button, new() { Name = "Sign this decision" }).CountAsync()).ShouldBe(0, "who writes the paper does not sign it");

        // The decision maker signs on one page; what was forgotten is said, and nothing typed is lost.
        var deputy = await site.OpenWithRoleAsync("deputy.mayor", "decision-maker", address, complaints);
        await deputy.GetByRole(AriaRole.Button, new() { Name = "Sign this decision" }).ClickAsync();
        await deputy.ShouldBeAccessibleAsync();
        await deputy.Locator("[name=condition-1]").FillAsync("Report what tranche 2 brought");
        await deputy.Locator("[name=condition-due-1]").FillAsync("31 March 2199");
        await deputy.Locator("[name=why]").FillAsync("The case is made");
        await deputy.GetByRole(AriaRole.Button, new() { Name = "Sign this decision" }).ClickAsync();
        (await deputy.Locator(".govuk-error-summary").InnerTextAsync()).ShouldContain("Say which interests you have in the matter");
        (await deputy.Locator("[name=condition-1]").InputValueAsync()).ShouldBe("Report what tranche 2 brought");
        await deputy.Locator("[name=interests]").FillAsync("None");
        await deputy.GetByRole(AriaRole.Button, new() { Name = "Sign this decision" }).ClickAsync();
        (await deputy.Locator("h1").InnerTextAsync()).ShouldContain("Approved £650,000");
        (await deputy.Locator("h1").InnerTextAsync()).ShouldContain("what it rests on says what it said then");
        (await deputy.Locator("#table-conditions").InnerTextAsync()).ShouldContain("Report what tranche 2 brought");
        await deputy.ShouldBeAccessibleAsync();

        // A fact beneath it changes.
        await site.ChangeAsync("s2-decision-paper.json", "funding", "slp-tranche-1", funding => funding["approved"] = 700_000);
        await deputy.GotoAsync(site.Address + address);
        (await deputy.Locator("h1").InnerTextAsync()).ShouldContain("one of the two facts it rests on has changed since");
        (await deputy.Locator("#table-rests-on").InnerTextAsync()).ShouldContain("Approved: £730,000 → £700,000 — reconsider");
        await deputy.ShouldBeAccessibleAsync();

        await deputy.GetByRole(AriaRole.Button, new() { Name = "Look at it again" }).ClickAsync();
        await deputy.ShouldBeAccessibleAsync();
        await deputy.Locator("[name=result]").FillAsync("It stands: tranche 1 cost less");
        await deputy.GetByRole(AriaRole.Button, new() { Name = "Look at it again" }).ClickAsync();
        (await deputy.Locator("h1").InnerTextAsync()).ShouldContain("and it was looked at again");
        (await deputy.Locator("main").InnerTextAsync()).ShouldContain("It stands: tranche 1 cost less");
        complaints.ShouldBeEmpty();
        await deputy.Context.CloseAsync();
    }
}
