using System.Globalization;
using System.Net;
using System.Net.Mail;

namespace Pathfinder.Platform.Programme.Rounds;

/// <summary>What came of a message.</summary>
/// <param name="Address">Where it went; null where mail is off or the account has no address.</param>
/// <param name="Failure">Why it could not be sent; null where it was, or was not meant to be.</param>
public sealed record MailResult(string? Address, string? Failure);

/// <summary>Writes to people outside the product. Off unless whoever runs it says otherwise.</summary>
public interface IMailer
{
    /// <summary>Sends a plain message to the person of an account. Never throws for what the mail server does.</summary>
    Task<MailResult> SendAsync(string account, string subject, string text, CancellationToken cancellation = default);
}

/// <summary>Where mail goes: PATHFINDER_SMTP_HOST, _PORT (25), _FROM, _USER, _PASSWORD, _TLS (true) and _DOMAIN, which completes user names that are no address.</summary>
public sealed record MailOptions(string? Host, int Port, string? From, string? User, string? Password, bool Tls, string? Domain)
{
    /// <summary>From the environment; mail is off without a host and a sender.</summary>
    public static MailOptions FromEnvironment(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        string? Read(string name) => variable("PATHFINDER_SMTP_" + name) is { Length: > 0 } value ? value : null;
        return new(
            Read("HOST"),
            int.TryParse(Read("PORT"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 25,
            Read("FROM"), Read("USER"), Read("PASSWORD"),
            !string.Equals(Read("TLS"), "false", StringComparison.OrdinalIgnoreCase),
            Read("DOMAIN"));
    }

    /// <summary>The address of an account; null where none can be made.</summary>
    public string? AddressOf(string account)
    {
        ArgumentNullException.ThrowIfNull(account);
        var address = account.Contains('@', StringComparison.Ordinal) ? account : Domain is null ? null : $"{account}@{Domain}";
        return address is not null && MailAddress.TryCreate(address, out _) ? address : null;
    }
}

/// <summary>Sends by SMTP.</summary>
public sealed class SmtpMailer(MailOptions options) : IMailer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public async Task<MailResult> SendAsync(string account, string subject, string text, CancellationToken cancellation = default)
    {
        if (options is not { Host: { } host, From: { } from } || options.AddressOf(account) is not { } address)
        {
            return new(null, null);
        }

        using var client = new SmtpClient(host, options.Port) { EnableSsl = options.Tls };
        if (options.User is { } user)
        {
            client.Credentials = new NetworkCredential(user, options.Password);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            using var message = new MailMessage(from, address, subject, text);
            await client.SendMailAsync(message, patience.Token);
            return new(address, null);
        }
        catch (Exception failure) when (failure is SmtpException or FormatException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new(address, failure.Message);
        }
    }
}
