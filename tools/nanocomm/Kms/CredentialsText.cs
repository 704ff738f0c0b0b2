using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using NanoComm.CommandLine;

namespace NanoComm.Tool
{
    /// <summary>Credentials as a file or a person gives them: what the command <c>credentials</c> writes, in any of its forms, or id
    /// and password in two lines.</summary>
    internal static partial class CredentialsText
    {
        private const int Groups = CredentialGroups.OfId + CredentialGroups.OfPassword;

        /// <summary>Reads them.</summary>
        /// <param name="text">The text.</param>
        /// <param name="option">Where it comes from, for the error, which repeats nothing of it.</param>
        /// <exception cref="UserError">They are not there, or a group is wrong.</exception>
        public static RouteBCredentials Read(string text, string option)
        {
            string[] lines = text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToArray();
            Match code = Code().Match(text);
            string[] groups = Group().Matches(text).Select(match => match.Value).Take(Groups).ToArray();
            return text.TrimStart().StartsWith('{') ? ReadJson(text, option)
                : code.Success ? RouteBCredentials.Parse(option, code.Groups[1].Value, option, code.Groups[2].Value)
                : groups.Length == Groups ? ReadGroups(groups, option)
                : lines.Length == 2 ? RouteBCredentials.Parse(option, lines[0], option, lines[1])
                : throw new UserError($"{option}: these are no route-B credentials: give what 'nanocomm credentials' shows, its {Groups} "
                    + "groups with their check digits, its --json or the text of its QR code, or id and password in two lines");
        }

        [GeneratedRegex("BROUTE:ID=([0-9A-Fa-f]+);PW=([0-9A-Za-z]+);")]
        private static partial Regex Code();

        [GeneratedRegex("\\b[0-9A-Za-z]{4}-[0-9]{2}\\b")]
        private static partial Regex Group();

        private static RouteBCredentials ReadJson(string text, string option)
        {
            try
            {
                using JsonDocument json = JsonDocument.Parse(text);
                return json.RootElement.TryGetProperty("id", out JsonElement id)
                    && json.RootElement.TryGetProperty("password", out JsonElement password)
                    && id.ValueKind == JsonValueKind.String && password.ValueKind == JsonValueKind.String
                    ? RouteBCredentials.Parse(option, id.GetString(), option, password.GetString())
                    : throw new UserError($"{option}: the JSON object has no id and password");
            }
            catch (JsonException)
            {
                throw new UserError($"{option}: this begins as JSON does, and is none");
            }
        }

        private static RouteBCredentials ReadGroups(string[] groups, string option)
        {
            IReadOnlyList<int> wrong = CredentialGroups.Check(string.Join(' ', groups));
            if (wrong.Count > 0)
            {
                throw new UserError($"{option}: wrong: " + string.Join(", ", wrong.Select(CredentialGroups.NameOf)));
            }

            string all = string.Concat(groups.Select(group => group[..CredentialGroups.Length]));
            return RouteBCredentials.Parse(option, all[..RouteBCredentials.IdLength], option, all[RouteBCredentials.IdLength..]);
        }
    }
}
