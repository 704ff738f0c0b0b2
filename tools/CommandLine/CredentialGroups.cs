using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.CommandLine
{
    /// <summary>Id and password in groups of four characters, each with its check digits: 1…8 the id, 9…11 the
    /// password.</summary>
    public static class CredentialGroups
    {
        /// <summary>Characters of a group, the check digits not among them.</summary>
        public const int Length = 4;

        /// <summary>Groups of the id.</summary>
        public const int OfId = RouteBCredentials.IdLength / Length;

        /// <summary>Groups of the password.</summary>
        public const int OfPassword = RouteBCredentials.PasswordLength / Length;

        private static readonly char[] Separators = [' ', '\t', '\r', '\n', ','];

        /// <summary>The groups as people get them: <c>3F2A-41</c>.</summary>
        public static IReadOnlyList<string> Write(RouteBCredentials credentials)
        {
            return (credentials.Id + credentials.Password).Chunk(Length)
                .Select((characters, i) => new string(characters))
                .Select((group, i) => $"{group}-{CheckDigits.Of(i + 1, group)}")
                .ToArray();
        }

        /// <summary>Checks groups that somebody typed: those of the id, of the password, or of both.</summary>
        /// <param name="text">Groups between blanks; the hyphen may be left out.</param>
        /// <returns>The numbers of the wrong ones; empty when all are right.</returns>
        /// <exception cref="UserError">It is not that many groups.</exception>
        public static IReadOnlyList<int> Check(string text)
        {
            string[] groups = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
            int first = groups.Length == OfPassword ? OfId + 1 : 1;
            if (groups.Length is not (OfId or OfPassword or OfId + OfPassword))
            {
                throw new UserError($"--check: these are {groups.Length} groups; give the {OfId} of the id, the "
                    + $"{OfPassword} of the password, or all {OfId + OfPassword}, with blanks between them");
            }

            return Enumerable.Range(first, groups.Length)
                .Where(number => !IsRight(number, groups[number - first]))
                .ToArray();
        }

        /// <summary>What a group is called: where it stands.</summary>
        public static string NameOf(int number)
        {
            return number <= OfId ? $"group {number} (id)" : $"group {number} (password)";
        }

        private static bool IsRight(int number, string typed)
        {
            string text = typed.Replace("-", "", StringComparison.Ordinal);
            text = number <= OfId ? text.ToUpperInvariant() : text;
            return text.Length == Length + CheckDigits.Length
                && text.Take(Length).All(number <= OfId ? char.IsAsciiHexDigit : char.IsAsciiLetterOrDigit)
                && text[Length..] == CheckDigits.Of(number, text[..Length]);
        }
    }
}
