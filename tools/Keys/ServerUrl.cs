using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Keys
{
    /// <summary>A server's address as PostgreSQL writes it: <c>postgres://USER@HOST:PORT,HOST:PORT/DATABASE?NAME=VALUE</c>.</summary>
    internal static class ServerUrl
    {
        private static readonly string[] Schemes = ["postgres://", "postgresql://"];

        /// <summary>Whether a text is one.</summary>
        public static bool Is(string text) => Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

        /// <summary>Reads one.</summary>
        /// <exception cref="LedgerException">It says what is not understood, or a password.</exception>
        public static ServerSettings Parse(string text)
        {
            string rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
            string[] question = rest.Split('?', 2);
            string[] path = question[0].Split('/', 2);
            int at = path[0].LastIndexOf('@');
            string user = at < 0 ? "" : path[0][..at];
            var values = new Dictionary<string, string>();
            if (user.Contains(':'))
            {
                throw ServerSettings.PasswordIsOpen();
            }

            Add(values, "user", user);
            string[] hosts = path[0][(at + 1)..].Split(',').Where(host => host.Length > 0).ToArray();
            Add(values, "host", string.Join(',', hosts.Select(HostOf)));
            Add(values, "port", hosts.Any(host => PortOf(host).Length > 0) ? string.Join(',', hosts.Select(PortOf)) : "");
            Add(values, "dbname", path.Length > 1 ? path[1] : "");
            foreach (string pair in question.Length > 1 ? question[1].Split('&', StringSplitOptions.RemoveEmptyEntries) : [])
            {
                string[] parts = pair.Split('=', 2);
                Add(values, parts[0], parts.Length > 1 ? parts[1] : "");
            }

            return ServerSettings.Of(values);
        }

        private static void Add(Dictionary<string, string> values, string name, string value)
        {
            if (value.Length > 0)
            {
                values[name] = Uri.UnescapeDataString(value);
            }
        }

        private static int ColonOf(string host) => host.LastIndexOf(':') is int colon && colon > host.LastIndexOf(']') ? colon : -1;

        private static string HostOf(string host) => (ColonOf(host) is int colon && colon >= 0 ? host[..colon] : host).Trim('[', ']');

        private static string PortOf(string host) => ColonOf(host) is int colon && colon >= 0 ? host[(colon + 1)..] : "";
    }
}
