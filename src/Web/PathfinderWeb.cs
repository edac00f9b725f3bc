using System.IO.Compression;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.ResponseCompression;
using Pathfinder.Platform.People;
using Pathfinder.Web.Api;
using Pathfinder.Web.Api.Calibrations;
using Pathfinder.Web.Api.Designs;
using Pathfinder.Web.Api.Evaluations;
using Pathfinder.Web.Api.Evidence;
using Pathfinder.Web.Api.Forces;
using Pathfinder.Web.Api.Performance;
using Pathfinder.Web.Api.Promises;
using Pathfinder.Web.Api.Rounds;
using Pathfinder.Web.Api.Records;
using Pathfinder.Web.Api.Reports;
using Pathfinder.Web.Api.Runs;
using Pathfinder.Web.Api.SelfTests;
using Pathfinder.Web.Api.Studio;
using Pathfinder.Web.Components.Dates;
using Pathfinder.Web.Pages;
using Pathfinder.Web.Pages.Decisions;
using Pathfinder.Web.Pages.Documents;
using Pathfinder.Web.Pages.Evaluations;
using Pathfinder.Web.Pages.Handling;
using Pathfinder.Web.Pages.Home;
using Pathfinder.Web.Pages.Programme;
using Pathfinder.Web.Pages.Rounds;
using Pathfinder.Web.Pages.Runs;

namespace Pathfinder.Web;

/// <summary>Where the web application finds what it needs.</summary>
public sealed record PathfinderWebOptions
{
    /// <summary>Addresses to listen on, separated by semicolons; port 0 takes a free one.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>Folder of the data protection keys, beside the store; null keeps them in memory, so that sign-ins end with the process.</summary>
    public string? KeysFolder { get; init; }

    /// <summary>Registers the use cases: store, people, forces, designs, runs.</summary>
    public required Action<IServiceCollection> Services { get; init; }

    /// <summary>Attempts to sign in that one address may make a minute.</summary>
    public int SignInsPerMinute { get; init; } = 10;

    /// <summary>The clock; the system's when null.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>The least severe log messages written to the error stream.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;
}

/// <summary>Composes the web application; <c>serve</c> and the tests build the same.</summary>
public static class PathfinderWeb
{
    /// <summary>Name of the rate limit on sign-in.</summary>
    public const string SignInLimit = "sign-in";

    private static readonly string[] ApiRoots = ["/api/v1", "/openapi", "/geo"];

    private const long MaximumRequestBytes = 4 * 1024 * 1024;

    /// <summary>Builds the application, ready to start.</summary>
    public static WebApplication Build(PathfinderWebOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            // Static files are found beside the binaries, wherever the command is run from.
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = "Pathfinder.Cli",
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls(options.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaximumRequestBytes;
        });
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(options.LogLevel);
        // The keys folder is as protected as the store beside it; there is no key encryptor to offer on every platform.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        var services = builder.Services;
        services.AddSingleton(options.Clock ?? TimeProvider.System);
        options.Services(services);
        services.AddHttpContextAccessor();
        services.AddScoped<PageDates>();
        services.AddScoped<SourceLinks>();
        services.AddSingleton<RestrictedGate>();
        services.AddSingleton<ForceViews>();
        services.AddSingleton<ICurrentForce, StoredForce>();
        services.AddSingleton<IAttentionSource, RunAttention>();
        services.AddRecordPages();
        services.AddRoundPages();
        services.AddDecisionPages();
        services.AddSingleton<IRecordActions, EvaluationActions>();
        AddAccess(services, options);
        services.AddRazorPages(pages =>
            {
                pages.Conventions.ConfigureFilter(new HandlerPermissionFilter());
                pages.Conventions.ConfigureFilter(new CsvFilter());
            })
            .ConfigureApplicationPartManager(parts => AddParts(parts));
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "pathfinder-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
        });
        services.AddProblemDetails();
        services.AddExceptionHandler<RequestFaults>();
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddOpenApi("v1", document => document.AddSchemaTransformer<RecordSchemas>());
        // Tokens in forms are masked anew on each answer, so compressing them over TLS gives nothing away.
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/geo+json", "application/problem+json", "image/svg+xml"];
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));

        var app = builder.Build();
        Use(app);
        return app;
    }

    private static void AddParts(ApplicationPartManager parts)
    {
        // The entry assembly is the command or a test, neither of which holds pages.
        parts.ApplicationParts.Clear();
        foreach (var part in new CompiledRazorAssemblyApplicationPartFactory().GetApplicationParts(typeof(PathfinderWeb).Assembly))
        {
            parts.ApplicationParts.Add(part);
        }

        parts.ApplicationParts.Add(new AssemblyPart(typeof(PathfinderWeb).Assembly));
    }

    private static void AddAccess(IServiceCollection services, PathfinderWebOptions options)
    {
        var keys = services.AddDataProtection().SetApplicationName("pathfinder");
        if (options.KeysFolder is { } folder)
        {
            keys.PersistKeysToFileSystem(new DirectoryInfo(folder));
        }
        else
        {
            keys.UseEphemeralDataProtectionProvider();
        }

        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = "pathfinder";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
            cookie.SlidingExpiration = true;
            cookie.LoginPath = "/account/sign-in";
            cookie.ReturnUrlParameter = "then";
            cookie.Events.OnValidatePrincipal = SignedIn.ValidateAsync;
            cookie.Events.OnRedirectToLogin = context => Redirect(context, StatusCodes.Status401Unauthorized);
            cookie.Events.OnRedirectToAccessDenied = context => Redirect(context, StatusCodes.Status403Forbidden);
        });
        var authorization = services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var permission in Enum.GetValues<Permission>())
        {
            authorization.AddPolicy(RequirePermissionAttribute.PolicyName(permission), policy => policy
                .RequireAuthenticatedUser()
                .RequireClaim(SignedIn.PermissionClaim, permission.ToString()));
        }

        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.AddPolicy(SignInLimit, context => HttpMethods.IsPost(context.Request.Method)
                ? RateLimitPartition.GetFixedWindowLimiter(
                    context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = options.SignInsPerMinute, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetNoLimiter("read"));
        });
    }

    // An API caller gets a status and problem details; a person is taken to the page that helps.
    private static Task Redirect(Microsoft.AspNetCore.Authentication.RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (IsApi(context.HttpContext))
        {
            context.Response.StatusCode = status;
        }
        else if (status == StatusCodes.Status403Forbidden)
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }

    private static bool IsApi(HttpContext context) =>
        ApiRoots.Any(root => context.Request.Path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase));

    private static void Use(WebApplication app)
    {
        app.Use((context, next) => SecurityHeaders.Apply(context, next));
        app.UseResponseCompression();
        app.UseWhen(context => IsApi(context), api =>
        {
            api.UseExceptionHandler();
            api.UseStatusCodePages(status => ApiProblems.OfStatusAsync(status.HttpContext));
        });
        app.UseWhen(context => !IsApi(context), pages =>
        {
            pages.UseExceptionHandler("/error/500");
            pages.UseStatusCodePagesWithReExecute("/error/{0}");
        });
        if (!app.Urls.Any(url => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)))
        {
            app.UseHsts();
        }

        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapStaticAssets().WithMetadata(new OpenToAllAttribute("Styles, scripts and pictures hold no data."));
        app.MapOpenApi("/openapi/{documentName}.json").WithMetadata(new RequirePermissionAttribute(Permission.Read));
        app.MapForces();
        app.MapDesigns();
        app.MapRuns();
        app.MapEvidence();
        app.MapStudio();
        app.MapCalibrations();
        app.MapSelfTests();
        app.MapPromises();
        app.MapRounds();
        app.MapPerformance();
        app.MapEvaluations();
        app.MapReports();
        app.MapRegisterFiles();
        app.MapSearch();
        app.MapRecords();
        app.MapRazorPages().WithStaticAssets();
    }
}
