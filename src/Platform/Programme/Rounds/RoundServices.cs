using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Pathfinder.Platform.Records;

namespace Pathfinder.Platform.Programme.Rounds;

/// <summary>Registers the monthly round.</summary>
public static class RoundServices
{
    /// <summary>Adds <see cref="MonthlyRounds"/>, <see cref="Ownership"/>, the reading, its lines of attention and the mailer.</summary>
    public static IServiceCollection AddRounds(this IServiceCollection services)
    {
        services.TryAddSingleton<IMailer>(_ => new SmtpMailer(MailOptions.FromEnvironment(Environment.GetEnvironmentVariable)));
        return services
            .AddSingleton<IRecordReading, RoundReading>()
            .AddSingleton<IProgrammeAttention, RoundAttention>()
            .AddSingleton<IRecordRule, RoundRule>()
            .AddSingleton<MonthlyRounds>()
            .AddSingleton<Ownership>();
    }
}
