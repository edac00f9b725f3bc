using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Pathfinder.Platform.History;
using Pathfinder.Platform.People;
using Pathfinder.Platform.Programme.Decisions;
using Pathfinder.Platform.Programme.Documents;
using Pathfinder.Platform.Programme.Schedule;
using Pathfinder.Platform.Records;
using Pathfinder.Web.Access;

namespace Pathfinder.Web.Tests.Access;

/// <summary>
/// Walks every page and API route of the application, as it is composed, with every role and without one. Routes are taken from the
/// application itself, so that a new one is walked as soon as it is mapped.
/// </summary>
public sealed partial class EveryRouteTests : IAsyncLifetime
{
    /// <summary>Words that only decision makers may read: in the title, in the text, in an attached text.</summary>
    private static readonly string[] Canaries = ["quokka", "numbat", "wombat"];

    // What is planted can be asked for by its key, so the key holds a word of its own, which may come back where it was asked for.
    private const string KeyCanary = "bilby";

    private const string SecretKey = "part-" + KeyCanary;

    private readonly WebSite _site = new();

    public async ValueTask InitializeAsync()
    {
        await _site.InitializeAsync();
        var actor = new Actor("planter", "Planter", "force", new HashSet<Role> { Role.ProgrammeOffice, Role.DecisionMaker }, []);
        var day = new DateOnly(2017, 5, 12);
        var handling = new Handling { Readers = ["role:DecisionMaker"], Ground = "commercial sensitivity" };
        var records = Get<IRecords>();
        (await records.SaveAsync(
            actor,
            [
                new RecordChange("decision", "paper", new Decision { Title = "The open paper" }, day, Known: day),
                new RecordChange("milestone", "open", new Milestone { Title = "Open milestone" }, day, Known: day),
            ],
            "As reported", Cancel)).Problems.ShouldBeEmpty();
        (await records.SaveAsync(
            actor,
            [
                new RecordChange("confidential-part", SecretKey, new ConfidentialPart { Title = "Sealed quokka", Decision = "paper", Rationale = "Schedule 12A", Says = "The numbat is sold", Handling = handling }, day, Known: day),
                new RecordChange("milestone", SecretKey, new Milestone { Title = "Sealed quokka", Summary = "The numbat is sold", Handling = handling }, day, Known: day),
                new RecordChange("document", SecretKey, new Document { Title = "Sealed quokka", Handling = handling }, day, Known: day),
            ],
            "The quokka was sent", Cancel)).Problems.ShouldBeEmpty();
        (await Get<IAttachments>().AttachAsync(actor, SecretKey, "wombat.txt", Encoding.UTF8.GetBytes("The wombat"), "The quokka was sent", Cancel)).Problems.ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Get_EveryRouteWithEveryRole_AnswersExactlyWhoeverIsPermitted()
    {
        var wrong = new List<string>();
        var walked = 0;
        foreach (var (who, roles, client) in await EverybodyAsync())
        {
            using (client)
            {
                foreach (var (route, permission) in Routes("GET"))
                {
                    foreach (var path in Paths(route))
                    {
                        walked++;
                        using var answer = await client.GetAsync(path, Cancel);
                        if (Fault(answer, path, permission is null || (Holds(roles, permission.Value) && MayChange(roles, route, path)), signedIn: roles.Count > 0) is { } fault)
                        {
                            wrong.Add($"{who}: {path} ({route.RoutePattern.RawText}): {fault}");
                        }
                    }
                }
            }
        }

        walked.ShouldBeGreaterThan(500);
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_EveryRouteWithEveryRole_RefusesWhoeverIsNotPermitted()
    {
        var wrong = new List<string>();
        var walked = 0;
        foreach (var (who, roles, client) in await EverybodyAsync())
        {
            using (client)
            {
                foreach (var method in new[] { "POST", "PUT", "DELETE", "PATCH" })
                {
                    foreach (var (route, permission) in Routes(method).Where(pair => pair.Permission is { } needed && !Holds(roles, needed)))
                    {
                        walked++;
                        var path = Paths(route).First();
                        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
                        using var answer = await client.SendAsync(request, Cancel);
                        if (Fault(answer, path, allowed: false, signedIn: roles.Count > 0) is { } fault)
                        {
                            wrong.Add($"{who}: {method} {path}: {fault}");
                        }
                    }
                }
            }
        }

        walked.ShouldBeGreaterThan(100);
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_EveryPageHandlerThatAsksForMore_RefusesWhoeverLacksIt()
    {
        var wrong = new List<string>();
        var handlers = await HandlersAsync();
        handlers.ShouldNotBeEmpty();
        foreach (var (who, roles, client) in (await EverybodyAsync()).Where(person => person.Roles.Count > 0))
        {
            using (client)
            {
                var page = await client.GetStringAsync("/about", Cancel);
                foreach (var (route, handler, permission) in handlers.Where(handler => !Holds(roles, handler.Permission)))
                {
                    var path = Paths(route).First();
                    using var answer = await WebSite.PostAsync(client, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}handler={handler}", page);
                    if (answer.StatusCode != HttpStatusCode.Forbidden)
                    {
                        wrong.Add($"{who}: POST {path} handler {handler} needs {permission}: {(int)answer.StatusCode}");
                    }
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Get_EveryRouteWithEveryRole_ShowsNothingOfWhatIsRestrictedFromIt()
    {
        string[] more =
        [
            "/", "/changes", "/changes?kind=confidential-part", $"/changes?kind=milestone&key={SecretKey}", "/changes?csv=changes", "/search?q=sealed", "/search?kind=milestone",
            "/api/v1/search?q=sealed", "/api/v1/search?kind=confidential-part", "/confidential-parts?csv=records", "/confidential-parts?text=sealed", "/milestones?text=sealed",
            "/api/v1/confidential-parts.csv?why=Curious", "/api/v1/confidential-parts.xlsx?why=Curious", "/api/v1/milestones.csv?why=Curious", "/api/v1/milestones.xlsx?why=Curious",
            $"/api/v1/confidential-parts/{SecretKey}?why=Curious", $"/api/v1/milestones/{SecretKey}/timeline?why=Curious",
        ];
        var leaks = new List<string>();
        foreach (var (who, roles, client) in await EverybodyAsync())
        {
            using (client)
            {
                foreach (var path in Routes("GET").SelectMany(route => Paths(route.Route)).Concat(more).Distinct(StringComparer.Ordinal))
                {
                    using var answer = await FollowAsync(client, path);
                    var text = Readable(await answer.Content.ReadAsByteArrayAsync(Cancel));
                    // Whoever may read it sees it listed by its title, and has to say why before the rest.
                    var words = roles.Contains(Role.DecisionMaker) ? Owed(path) : [.. Canaries, .. path.Contains(KeyCanary, StringComparison.Ordinal) ? Array.Empty<string>() : [KeyCanary]];
                    leaks.AddRange(words.Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)).Select(word => $"{who}: {path} says {word}"));
                }
            }
        }

        leaks.ShouldBeEmpty();
    }

    [Fact]
    public async Task Get_ByWhoeverMayReadIt_OpensForAReasonAndIsLogged()
    {
        using var client = await _site.SignedInAsync(Role.DecisionMaker);
        var asked = await FollowAsync(client, $"/confidential-parts/{SecretKey}");
        var form = await asked.Content.ReadAsStringAsync(Cancel);
        form.ShouldContain("Say why you open this");

        var without = await WebSite.PostAsync(client, "/programme/open", form, [.. Hidden(form), ("why", " ")]);
        var opened = await WebSite.PostAsync(client, "/programme/open", form, [.. Hidden(form), ("why", "To decide on it")]);

        without.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var there = opened.Headers.Location!.OriginalString;
        (await (await FollowAsync(client, there)).Content.ReadAsStringAsync(Cancel)).ShouldContain("numbat");
        using (var other = await _site.SignedInAsync(Role.DecisionMaker))
        {
            (await (await FollowAsync(other, there)).Content.ReadAsStringAsync(Cancel)).ShouldNotContain("numbat");
        }

        (await client.GetAsync($"/api/v1/confidential-parts/{SecretKey}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.GetStringAsync($"/api/v1/confidential-parts/{SecretKey}?why=To+check+it", Cancel)).ShouldContain("numbat");
        Readable(await client.GetByteArrayAsync("/api/v1/confidential-parts.xlsx?why=To+print+it", Cancel)).ShouldContain("numbat");
        (await client.GetStringAsync("/changes", Cancel)).ShouldContain("quokka");
        var log = await Get<IChangeLog>().ListAsync(null, new LogQuery("confidential-part", SecretKey, Action: "note"), Cancel);
        log.Changes.Select(change => change.Entry.Why).ShouldBe(["To print it", "To check it", "To decide on it"]);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private T Get<T>()
        where T : notnull => _site.App.Services.GetRequiredService<T>();

    private async Task<List<(string Who, IReadOnlyList<Role> Roles, HttpClient Client)>> EverybodyAsync()
    {
        var everybody = new List<(string, IReadOnlyList<Role>, HttpClient)> { ("a stranger", [], _site.Stranger()) };
        foreach (var role in Enum.GetValues<Role>())
        {
            everybody.Add((role.ToString(), [role], await _site.SignedInAsync(role)));
        }

        return everybody;
    }

    private static bool Holds(IReadOnlyList<Role> roles, Permission permission) => roles.Any(role => Permissions.Of(role).Contains(permission));

    /// <summary>The routes that take a method, with the permission they name; null where they are open to all.</summary>
    private IEnumerable<(RouteEndpoint Route, Permission? Permission)> Routes(string method) =>
        Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods ? method is "GET" or "POST" : methods.Contains(method, StringComparer.OrdinalIgnoreCase))
            // Files of the site hold no data, and there are hundreds.
            .Where(route => route.Metadata.GetMetadata<OpenToAllAttribute>()?.Why.StartsWith("Styles", StringComparison.Ordinal) != true)
            // Leaving is no reading: it ends the walk.
            .Where(route => route.RoutePattern.RawText?.Contains("sign-out", StringComparison.Ordinal) != true)
            .Select(route => (route, route.Metadata.GetMetadata<OpenToAllAttribute>() is not null ? null : route.Metadata.GetMetadata<RequirePermissionAttribute>()?.Permission))
            .DistinctBy(pair => pair.route.RoutePattern.RawText);

    /// <summary>Addresses of a route: with keys of what is in the store, restricted ones first.</summary>
    private static IEnumerable<string> Paths(RouteEndpoint route)
    {
        var template = "/" + route.RoutePattern.RawText!.TrimStart('/');
        string[] kinds = Parameter().IsMatch(template) && template.Contains("{path", StringComparison.Ordinal) ? ["confidential-parts", "milestones", "documents"] : [""];
        return kinds.Select(kind => Parameter().Replace(template, match => match.Groups["name"].Value switch
        {
            "path" => kind,
            "key" when template.Contains("design", StringComparison.Ordinal) || template.Contains("runs", StringComparison.Ordinal) => "no-such",
            "key" or "document" or "decision" => SecretKey,
            "code" => "H01",
            "status" => "404",
            "documentName" => "v1",
            _ => "sample",
        })).Select(path => path == "/" ? path : path.TrimEnd('/'));
    }

    // Pages that change records ask for more than their route says: what the kind in the address asks for.
    private bool MayChange(IReadOnlyList<Role> roles, RouteEndpoint route, string path) =>
        route.Metadata.GetMetadata<PageActionDescriptor>() is null || !ChangingPage().IsMatch(route.RoutePattern.RawText!)
        || Get<RecordCatalogue>().FindByPath(path.Split('/')[1]) is not { } kind || Holds(roles, kind.Change);

    private static string? Fault(HttpResponseMessage answer, string path, bool allowed, bool signedIn)
    {
        var toSignIn = answer.Headers.Location?.OriginalString.Contains("/account/sign-in", StringComparison.Ordinal) == true;
        return answer.StatusCode switch
        {
            >= HttpStatusCode.InternalServerError => $"failed with {(int)answer.StatusCode}",
            HttpStatusCode.Forbidden when allowed || !signedIn => "is forbidden",
            HttpStatusCode.Unauthorized when allowed || signedIn => "asks to sign in",
            HttpStatusCode.Redirect when toSignIn && (allowed || signedIn || path.StartsWith("/api/v1", StringComparison.Ordinal)) => "leads to sign in",
            HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => null,
            HttpStatusCode.Redirect when toSignIn => null,
            _ => allowed ? null : $"answers {(int)answer.StatusCode}",
        };
    }

    /// <summary>Named handlers of pages that ask for a permission of their own.</summary>
    private async Task<List<(RouteEndpoint Route, string Handler, Permission Permission)>> HandlersAsync()
    {
        var found = new List<(RouteEndpoint, string, Permission)>();
        foreach (var (route, _) in Routes("POST"))
        {
            if (route.Metadata.GetMetadata<PageActionDescriptor>() is not { } page)
            {
                continue;
            }

            var compiled = await Get<PageLoader>().LoadAsync(page, EndpointMetadataCollection.Empty);
            found.AddRange(compiled.HandlerMethods.Where(handler => handler.HttpMethod == "Post")
                .SelectMany(handler => handler.MethodInfo.GetCustomAttributes(typeof(RequirePermissionAttribute), inherit: true).Cast<RequirePermissionAttribute>()
                    .Select(required => (route, handler.Name ?? "", required.Permission))));
        }

        return found;
    }

    private static async Task<HttpResponseMessage> FollowAsync(HttpClient client, string path)
    {
        var answer = await client.GetAsync(path, Cancel);
        for (var i = 0; i < 3 && answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location is { } next && !next.OriginalString.Contains("sign-in", StringComparison.Ordinal); i++)
        {
            answer.Dispose();
            answer = await client.GetAsync(next, Cancel);
        }

        return answer;
    }

    // A list may name the title to whoever may read it; the text itself waits for a reason.
    private static string[] Owed(string path) => path.Contains("why=", StringComparison.Ordinal) || path.StartsWith("/changes", StringComparison.Ordinal) ? [] : ["numbat", "wombat is", "The wombat"];

    private static string Readable(byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith("PK"u8))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        using var zip = new ZipArchive(new MemoryStream(bytes));
        return string.Concat(zip.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        }));
    }

    private static IEnumerable<(string Name, string Value)> Hidden(string form) => HiddenField().Matches(form)
        .Where(match => match.Groups["name"].Value is "path" or "key" or "version" or "then")
        .Select(match => (match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)));

    [GeneratedRegex(@"\{\*{0,2}(?<name>[A-Za-z]+)[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex("/(new|edit|end)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ChangingPage();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[a-z]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HiddenField();
}
