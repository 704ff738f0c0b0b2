using System;
using System.CommandLine;
using System.Linq;
using System.Net;

namespace NanoComm.Tool
{
    /// <summary>Where an MQTT broker is.</summary>
    /// <param name="Host">Its name or address.</param>
    /// <param name="Port">Its TCP port.</param>
    /// <param name="IsTls">Whether it is spoken to over TLS.</param>
    internal sealed record BrokerAddress(string Host, int Port, bool IsTls)
    {
        private const string Clear = "mqtt";
        private const string Encrypted = "mqtts";
        private const int ClearPort = 1883;
        private const int EncryptedPort = 8883;

        /// <summary>Whether what is said to it leaves this computer in the clear.</summary>
        public bool IsOpen => !IsTls && Host != "localhost" && !(IPAddress.TryParse(Host, out IPAddress address) && IPAddress.IsLoopback(address));

        /// <summary><c>--broker</c>.</summary>
        public static Option<BrokerAddress> Option() => new("--broker")
        {
            Description = $"The MQTT broker: {Clear}://HOST (port {ClearPort}) in the clear, {Encrypted}://HOST (port {EncryptedPort}) over TLS.",
            HelpName = "URL",
            Required = true,
            CustomParser = result =>
            {
                string text = result.Tokens.Single().Value;
                if (!Uri.TryCreate(text, UriKind.Absolute, out Uri url) || url.Scheme is not (Clear or Encrypted) || url.Host.Length == 0
                    || url.PathAndQuery.Trim('/').Length > 0)
                {
                    result.AddError($"--broker: '{text}' is no broker such as {Encrypted}://broker.example or {Clear}://192.168.1.2:1883");
                    return null;
                }

                if (url.UserInfo.Length > 0)
                {
                    result.AddError("--broker: the address goes without user and password, which everybody on this computer could read: give "
                        + "--broker-user and --broker-password-file");
                    return null;
                }

                bool isTls = url.Scheme == Encrypted;
                return new BrokerAddress(url.IdnHost, url.Port > 0 ? url.Port : isTls ? EncryptedPort : ClearPort, isTls);
            },
        };

        /// <inheritdoc/>
        public override string ToString() => $"{(IsTls ? Encrypted : Clear)}://{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}";
    }
}
