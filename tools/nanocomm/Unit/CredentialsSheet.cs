using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using NanoComm.CommandLine;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Keys;
using NanoComm.Records;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>Credentials on their one way to people: made, put where they are to work, shown, forgotten.</summary>
    internal sealed class CredentialsSheet
    {
        private const int GroupsPerLine = 4;

        private readonly RouteBCredentials _credentials;
        private readonly CredentialsQrCode _code;
        private readonly string _png;

        /// <summary>Makes the sheet, and the picture, before they are put anywhere.</summary>
        /// <param name="credentials">The pair.</param>
        /// <param name="png">Where the picture goes; null for nowhere.</param>
        /// <param name="replace">Whether it may be there already.</param>
        /// <exception cref="UserError">It is there, or cannot be written.</exception>
        public CredentialsSheet(RouteBCredentials credentials, string png, bool replace)
        {
            _credentials = credentials;
            _code = new CredentialsQrCode(credentials);
            _png = png;
            Draw(replace);
        }

        /// <summary>Makes a pair, puts it into store and picture, and shows it when both have it.</summary>
        /// <exception cref="UserError">There is a pair or a file already, or one of the two cannot be written.</exception>
        public static void Issue(string store, string png, bool replace, bool json)
        {
            CheckFree(png, replace);
            IDurableStore unit = store == null ? null : Open(store, replace);
            string runs = null;
            using FolderLock free = store == null ? null : Hold(store, out runs);
            RouteBCredentials credentials = RouteBCredentials.Make();
            var sheet = new CredentialsSheet(credentials, png, replace);
            if (unit != null && !credentials.Write(unit))
            {
                sheet.Discard();
                throw new UserError($"--store: {store} did not take the record '{RouteBCredentials.RecordName}'");
            }

            if (json)
            {
                Console.WriteLine(sheet.ToJson(runs).ToJsonString());
            }
            else
            {
                sheet.Show(store == null ? "" : runs == null ? $"The unit in {store} uses them. "
                    : $"The unit in {store} runs, as {runs}, and uses them when it is started anew: end it, and start it again. ");
            }
        }

        /// <summary>Refuses to draw over a file.</summary>
        /// <exception cref="UserError">It is there, and may not be replaced.</exception>
        public static void CheckFree(string png, bool replace)
        {
            if (png != null && File.Exists(png) && !replace)
            {
                throw IsThere(png);
            }
        }

        /// <summary>Says how the record in a folder comes to a board; nothing without a port.</summary>
        public static void ShowDeployment(string store, string port)
        {
            if (port != null)
            {
                const string File = RouteBCredentials.RecordName + ".rec";
                Console.WriteLine("Save this as deploy.json, and delete it and the folder when the board has the record:");
                Console.WriteLine(BoardDeployment.Order(port, File, Path.GetFullPath(Path.Combine(store, File))));
                Console.WriteLine(NanoffTool.CommandLine(NanoffDialect.Pinned.Arguments(NanoffCommand.Files, (NanoffDialect.Path, "deploy.json"),
                    (NanoffDialect.Port, port))));
            }
        }

        /// <summary>Says whether typed groups are right.</summary>
        /// <exception cref="UserError">They are not.</exception>
        public static void Check(string groups)
        {
            IReadOnlyList<int> wrong = CredentialGroups.Check(groups == "-" ? Console.In.ReadToEnd() : groups);
            if (wrong.Count > 0)
            {
                throw new UserError("--check: wrong: " + string.Join(", ", wrong.Select(CredentialGroups.NameOf)));
            }

            Console.WriteLine("every group is right");
        }

        private static DurableStore Open(string folder, bool replace)
        {
            var store = new DurableStore(HostOptions.Open(folder, RouteBCredentials.RecordName));
            RouteBCredentials present = RouteBCredentials.Read(store);
            if (present != null && !present.IsSameAs(RouteBCredentials.MadeUp) && !replace)
            {
                throw new UserError($"--store: the unit in {folder} has credentials, and its HEMS would be locked out; "
                    + "add --replace if that is wanted");
            }

            return store;
        }

        private JsonObject ToJson(string runs)
        {
            var sheet = new JsonObject
            {
                ["id"] = _credentials.Id,
                ["password"] = _credentials.Password,
                ["groups"] = new JsonArray([.. CredentialGroups.Write(_credentials)]),
                ["qr"] = _code.Text,
            };
            if (runs is not null)
            {
                sheet["restart"] = runs;
            }

            return sheet;
        }

        // So that no unit starts meanwhile; null where one runs.
        private static FolderLock Hold(string folder, out string runs)
        {
            try
            {
                return FolderLock.TryTake(folder, "nanocomm credentials", out runs);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new UserError($"--store: the folder {folder} cannot be written: {failure.Message}");
            }
        }

        private static UserError IsThere(string path)
        {
            return new UserError($"--png: {path} is there already; name another file, or add --replace");
        }

        /// <summary>Takes the picture back: nothing has the credentials.</summary>
        public void Discard()
        {
            if (_png != null)
            {
                File.Delete(_png);
            }
        }

        /// <summary>Shows them, once.</summary>
        /// <param name="use">Who uses them.</param>
        public void Show(string use)
        {
            IReadOnlyList<string> groups = CredentialGroups.Write(_credentials);
            ShowGroups("route-B id, 32 digits in 8 groups (128 bits)", groups, 0, CredentialGroups.OfId);
            ShowGroups($"password, 12 characters in 3 groups ({RouteBCredentials.PasswordBits:F1} bits; A and a differ; "
                + "no 0 O o 1 I l)", groups, CredentialGroups.OfId, CredentialGroups.OfPassword);
            Picture();
            Console.WriteLine("The two digits behind each hyphen check the group and are no part of it:");
            Console.WriteLine("nanocomm credentials --check \"" + string.Join(' ', groups.Take(2)) + " ...\"");
            Console.WriteLine(PlainScreen.IsKept ? "A QR code takes more than ASCII, which is all that the locale has: --png FILE draws it into a file."
                : "The QR code is the text BROUTE:ID=...;PW=...; with both in it.");
            Console.WriteLine(use + (_png == null ? "" : $"The QR code is in {_png}. ") + "They are not shown again.");
        }

        private void Picture()
        {
            if (PlainScreen.IsKept)
            {
                return;
            }

            var darkOnLight = new Style(Color.Black, new Color(255, 255, 255));
            foreach (string line in _code.ToLines())
            {
                AnsiConsole.Write(new Text(line, darkOnLight));
                AnsiConsole.WriteLine();
            }
        }

        private void Draw(bool replace)
        {
            if (_png == null)
            {
                return;
            }

            try
            {
                if (replace)
                {
                    DurableFile.Write(_png, _code.ToPng());
                }
                else if (!DurableFile.TryCreate(_png, _code.ToPng()))
                {
                    throw IsThere(_png);
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new UserError("--png: " + failure.Message);
            }
        }

        private static void ShowGroups(string title, IReadOnlyList<string> groups, int first, int count)
        {
            Console.WriteLine(title);
            for (int i = first; i < first + count; i += GroupsPerLine)
            {
                Console.WriteLine(string.Concat(groups.Skip(i).Take(Math.Min(GroupsPerLine, first + count - i))
                    .Select((group, j) => $"  {i + j + 1,2}  {group}")));
            }

            Console.WriteLine();
        }
    }
}
