using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using NanoComm.CommandLine;
using NanoComm.Hal;
using NanoComm.Keys;
using NanoComm.Records;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>Credentials on their one way to people: made, put where they are to work, shown, forgotten.</summary>
    internal static class CredentialsSheet
    {
        private const int GroupsPerLine = 4;

        /// <summary>Makes a pair, puts it into store and picture, and shows it when both have it.</summary>
        /// <exception cref="UserError">There is a pair or a file already, or one of the two cannot be written.</exception>
        public static void Issue(string store, string png, bool replace, bool json)
        {
            if (png != null && File.Exists(png) && !replace)
            {
                throw IsThere(png);
            }

            IDurableStore unit = store == null ? null : Open(store, replace);
            RouteBCredentials credentials = RouteBCredentials.Make();
            var code = new CredentialsQrCode(credentials);
            Draw(code, png, replace);
            if (unit != null && !credentials.Write(unit))
            {
                Discard(png);
                throw new UserError($"--store: {store} did not take the record '{RouteBCredentials.RecordName}'");
            }

            if (json)
            {
                Console.WriteLine(JsonSerializer.Serialize(new
                {
                    id = credentials.Id,
                    password = credentials.Password,
                    groups = CredentialGroups.Write(credentials),
                    qr = code.Text,
                }));
            }
            else
            {
                Show(credentials, code, store, png);
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
                Console.WriteLine($"nanoff --serialport {port} --filedeployment deploy.json");
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

        private static void Draw(CredentialsQrCode code, string path, bool replace)
        {
            if (path == null)
            {
                return;
            }

            try
            {
                if (replace)
                {
                    DurableFile.Write(path, code.ToPng());
                }
                else if (!DurableFile.TryCreate(path, code.ToPng()))
                {
                    throw IsThere(path);
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new UserError("--png: " + failure.Message);
            }
        }

        private static UserError IsThere(string path)
        {
            return new UserError($"--png: {path} is there already; name another file, or add --replace");
        }

        private static void Discard(string png)
        {
            if (png != null)
            {
                File.Delete(png);
            }
        }

        private static void Show(RouteBCredentials credentials, CredentialsQrCode code, string store, string png)
        {
            IReadOnlyList<string> groups = CredentialGroups.Write(credentials);
            ShowGroups("route-B id, 32 digits in 8 groups (128 bits)", groups, 0, CredentialGroups.OfId);
            ShowGroups($"password, 12 characters in 3 groups ({RouteBCredentials.PasswordBits:F1} bits; A and a differ; "
                + "no 0 O o 1 I l)", groups, CredentialGroups.OfId, CredentialGroups.OfPassword);
            var darkOnLight = new Style(Color.Black, new Color(255, 255, 255));
            foreach (string line in code.ToLines())
            {
                AnsiConsole.Write(new Text(line, darkOnLight));
                AnsiConsole.WriteLine();
            }

            Console.WriteLine("The two digits behind each hyphen check the group and are no part of it:");
            Console.WriteLine("nanocomm credentials --check \"" + string.Join(' ', groups.Take(2)) + " ...\"");
            Console.WriteLine("The QR code is the text BROUTE:ID=...;PW=...; with both in it.");
            Console.WriteLine((store == null ? "" : $"The unit in {store} uses them. ")
                + (png == null ? "" : $"The QR code is in {png}. ") + "They are not shown again.");
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
