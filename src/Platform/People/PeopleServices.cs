using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Pathfinder.Platform.Storage;

namespace Pathfinder.Platform.People;

/// <summary>Registers organisations, accounts and signing in.</summary>
public static class PeopleServices
{
    /// <summary>Adds <see cref="IPeople"/> and <see cref="ISignIn"/>.</summary>
    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.TryAddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        return services
            .AddEntityMap<PeopleMap>()
            .AddStoreMigration<PeopleMigration>()
            .AddSingleton<IPeople, PeopleStore>()
            .AddSingleton<ISignIn, SignIn>();
    }
}
