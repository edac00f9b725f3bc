using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform;
using Pathfinder.Platform.Forces;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Storage;
using Pathfinder.Platform.Work;
using Pathfinder.Testing;

[assembly: AssemblyFixture(typeof(Pathfinder.Web.Tests.WebSite))]

namespace Pathfinder.Web.Tests;

/// <summary>The application as <c>serve</c> composes it, on real Kestrel and a fresh store, with Harbour as its force.</summary>
public sealed partial class WebSite : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pathfinder-web-");

    public WebApplication App { get; private set; } = null!;

    /// <summary>Services that take the place of the application's own.</summary>
    public Action<IServiceCollection> Instead { get; init; } = _ => { };

    /// <summary>Whether Harbour is imported before it starts.</summary>
    public bool WithForce { get; init; } = true;

    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = PathfinderWeb.Build(new PathfinderWebOptions
        {
            Urls = "http://127.0.0.1:0",
            SignInsPerMinute = 1000,
            Services = services =>
            {
                Instead(services);
                services.AddPathfinder(new StoreOptions { Location = Path.Combine(_folder.FullName, "pathfinder.db") }).AddWorker();
            },
        });
        if (WithForce)
        {
            await ImportAsync();
        }

        await App.StartAsync();
        Address = new Uri(App.Urls.First());
    }

    private async Task ImportAsync()
    {
        var imported = await App.Services.GetRequiredService<ForceImport>()
            .ImportAsync(Path.Combine(Repository.Root, "data", "harbour"), new ChangeContext("system", "pathfinder", "the tests' force"));
        imported.Problems.ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>A browser that nobody signed in with; it follows no redirect by itself.</summary>
    public HttpClient Stranger() => new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };

    /// <summary>The token of a fresh one-time link of an account with the roles.</summary>
    public async Task<string> LinkAsync(params Role[] roles)
    {
        var people = App.Services.GetRequiredService<IPeople>();
        var context = new ChangeContext("system", "pathfinder", "a test needs somebody");
        (await people.SaveOrganisationAsync(context, "force", new Organisation("The force", []))).Succeeded.ShouldBeTrue();
        var name = "person" + Guid.NewGuid().ToString("n")[..8];
        var added = await people.AddAccountAsync(context, name, new Account("Robin", true, [new Membership("force", roles, roles.Contains(Role.Partner) ? [WithForce ? "HB01" : "E09000007"] : [])]), "a long enough password");
        added.Problems.ShouldBeEmpty();
        return (await App.Services.GetRequiredService<ISignIn>().MakeLinkAsync(context, name, TimeSpan.FromMinutes(5))).Value;
    }

    /// <summary>A browser signed in with the roles.</summary>
    public async Task<HttpClient> SignedInAsync(params Role[] roles)
    {
        var client = Stranger();
        var path = "/account/link/" + await LinkAsync(roles);
        (await PostAsync(client, path, await client.GetStringAsync(path))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return client;
    }

    /// <summary>Sends a form with the antiforgery token of the page it stands on.</summary>
    public static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string page, params (string Name, string Value)[] fields) =>
        client.PostAsync(path, new FormUrlEncodedContent(
            fields.Select(f => KeyValuePair.Create(f.Name, f.Value))
                .Append(KeyValuePair.Create("__RequestVerificationToken", Token().Match(page).Groups["token"].Value))));

    /// <summary>A page as a document; fails unless it is answered with 200.</summary>
    public static async Task<IHtmlDocument> PageAsync(HttpClient client, string path)
    {
        var answer = await client.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
