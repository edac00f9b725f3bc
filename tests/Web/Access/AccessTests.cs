using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Storage;
using Pathfinder.Web.Access;

namespace Pathfinder.Web.Tests.Access;

public sealed class AccessTests(WebSite site)
{
    [Fact]
    public void Endpoints_AllOfThem_NameAPermissionOrWhyNone()
    {
        var endpoints = site.App.Services.GetRequiredService<EndpointDataSource>().Endpoints;

        endpoints.Count.ShouldBeGreaterThan(25);
        Unnamed(endpoints).ShouldBeEmpty();
    }

    [Fact]
    public async Task Endpoints_PlantedOneWithoutPermission_IsCaught()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/planted", () => "anybody");
        app.MapGet("/named", () => "some").WithMetadata(new RequirePermissionAttribute(Permission.Read));
        app.MapGet("/silent", () => "everybody").AllowAnonymous();

        Unnamed(((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints)).ShouldBe(["HTTP: GET /planted", "HTTP: GET /silent"]);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/force")]
    [InlineData("/changes")]
    [InlineData("/nothing-here")]
    public async Task Page_Stranger_IsSentToSignIn(string path)
    {
        using var client = site.Stranger();

        var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);

        (answer.StatusCode is HttpStatusCode.NotFound || answer.Headers.Location!.AbsolutePath == "/account/sign-in").ShouldBeTrue();
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("Harbour");
    }

    [Fact]
    public async Task Api_Stranger_IsRefusedWithProblemDetails()
    {
        using var client = site.Stranger();

        var answer = await client.GetAsync("/api/v1/boroughs", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Page_ReaderWithoutThePermission_IsForbiddenWithHelp()
    {
        using var client = await site.SignedInAsync(Role.Reader);

        var answer = await client.GetAsync("/changes", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("You may not see this page");
    }

    [Fact]
    public async Task Link_OpenedTwiceThenUsedTwice_WorksExactlyOnce()
    {
        var path = "/account/link/" + await site.LinkAsync(Role.Reader);
        using var preview = site.Stranger();
        (await preview.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var first = site.Stranger();
        using var second = site.Stranger();

        var entered = await WebSite.PostAsync(first, path, await first.GetStringAsync(path, TestContext.Current.CancellationToken));
        var refused = await WebSite.PostAsync(second, path, await second.GetStringAsync(path, TestContext.Current.CancellationToken));

        entered.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await second.GetAsync("/force", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Form_WithoutItsToken_IsRefused()
    {
        using var client = await site.SignedInAsync(Role.Administrator);

        var answer = await client.PostAsync("/changes", new FormUrlEncodedContent([]), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Session_EndedElsewhere_IsOutAtOnce()
    {
        var token = await site.LinkAsync(Role.Reader);
        using var client = site.Stranger();
        await WebSite.PostAsync(client, "/account/link/" + token, await client.GetStringAsync("/account/link/" + token, TestContext.Current.CancellationToken));
        var account = (await WebSite.PageAsync(client, "/account")).QuerySelector(".govuk-summary-list__value")!.TextContent;

        await site.App.Services.GetRequiredService<ISignIn>().EndSessionsAsync(new("system", "pathfinder", "test"), account, TestContext.Current.CancellationToken);

        (await client.GetAsync("/account", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task SignIn_RedirectToAnotherSite_IsNotFollowed()
    {
        using var client = site.Stranger();
        var token = await site.LinkAsync(Role.Reader);
        await WebSite.PostAsync(client, "/account/link/" + token, await client.GetStringAsync("/account/link/" + token, TestContext.Current.CancellationToken));
        var account = (await WebSite.PageAsync(client, "/account")).QuerySelector(".govuk-summary-list__value")!.TextContent;
        using var other = site.Stranger();
        const string path = "/account/sign-in?then=https%3A%2F%2Fevil.example%2F";

        var answer = await WebSite.PostAsync(
            other, path, await other.GetStringAsync(path, TestContext.Current.CancellationToken), ("userName", account), ("password", "a long enough password"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Theory]
    [InlineData("/about")]
    [InlineData("/lib/site.css")]
    [InlineData("/error/404")]
    public async Task Headers_OnEveryAnswer_AllowNothingInlineOrOutside(string path)
    {
        using var client = site.Stranger();

        var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldNotContain("unsafe");
        policy.ShouldNotContain("http");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
    }

    [Fact]
    public async Task InlineScript_OnThePage_IsTheOneThePolicyAllows()
    {
        using var client = site.Stranger();

        var page = await WebSite.PageAsync(client, "/about");

        var inline = page.Scripts.Where(s => s.Source is null && s.Type is null or "").Select(s => s.TextContent).ToList();
        inline.ShouldBe([SecurityHeaders.InlineScript]);
        page.QuerySelectorAll("[style]").ShouldBeEmpty();
        page.QuerySelectorAll("style").ShouldBeEmpty();
    }

    [Fact]
    public async Task SignIn_TooManyAttempts_AreHeldBack()
    {
        using var folder = new Scratch();
        await using var app = PathfinderWeb.Build(new PathfinderWebOptions
        {
            Urls = "http://127.0.0.1:0",
            SignInsPerMinute = 2,
            Services = services => services.AddPathfinder(new StoreOptions { Location = Path.Combine(folder.Path, "p.db") }),
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var page = await client.GetStringAsync("/account/sign-in", TestContext.Current.CancellationToken);

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            answers.Add((await WebSite.PostAsync(client, "/account/sign-in", page, ("userName", "nobody"), ("password", "guess"))).StatusCode);
        }

        answers.ShouldBe([HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.TooManyRequests]);
    }

    private sealed class Scratch : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("pathfinder-limit-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }

    private static List<string> Unnamed(IEnumerable<Endpoint> endpoints) => endpoints
        .Where(e => e.Metadata.GetMetadata<RequirePermissionAttribute>() is null && e.Metadata.GetMetadata<OpenToAllAttribute>() is null)
        .Select(e => e.DisplayName ?? "?").ToList();
}
