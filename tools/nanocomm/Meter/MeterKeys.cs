using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text.Json;
using NanoComm.CommandLine;
using NanoComm.Keys;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tool
{
    /// <summary>
    /// The utility's keys to one metering unit, from a file as <c>kms list units --json --show-secrets</c> prints it. The file
    /// is held as long as they are used: two programs must not count under the same keys.
    /// </summary>
    internal sealed class MeterKeys : IDisposable
    {
        private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead
            | UnixFileMode.OtherWrite;

        private readonly FileStream _file;

        private MeterKeys(FileStream file, JsonElement unit)
        {
            _file = file;
            Meter = SystemTitle.Parse(Text(unit, "title"));
            Client = SystemTitle.Parse(Text(unit, "utility_title"));
            byte[] guek = Convert.FromHexString(Text(unit, "utility_guek"));
            byte[] gak = Convert.FromHexString(Text(unit, "utility_gak"));
            try
            {
                Suite = new Suite0(guek, gak);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(guek);
                CryptographicOperations.ZeroMemory(gak);
            }
        }

        /// <summary>The metering unit that they are for.</summary>
        public SystemTitle Meter { get; }

        /// <summary>The utility's own title.</summary>
        public SystemTitle Client { get; }

        /// <summary>The keys.</summary>
        public Suite0 Suite { get; }

        /// <summary>Reads a file.</summary>
        /// <exception cref="UserError">It cannot be read, others can read it, or it holds no such keys.</exception>
        public static MeterKeys Open(string path)
        {
            FileStream file = null;
            try
            {
                file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
                if (!OperatingSystem.IsWindows())
                {
                    RefuseOthers(path);
                }

                using JsonDocument document = JsonDocument.Parse(file);
                return new MeterKeys(file, Single(path, document.RootElement));
            }
            catch (Exception error)
            {
                file?.Dispose();
                if (Explain(path, error) is UserError explained)
                {
                    throw explained;
                }

                throw;
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Suite.Dispose();
            _file.Dispose();
        }

        [UnsupportedOSPlatform("windows")]
        private static void RefuseOthers(string path)
        {
            if ((File.GetUnixFileMode(path) & Others) != 0)
            {
                throw new UserError($"--keys: others can read {path}: shut them out with chmod 600 {path}");
            }
        }

        private static UserError Explain(string path, Exception error) => error switch
        {
            UnauthorizedAccessException => new UserError($"--keys: {error.Message}"),
            FileNotFoundException or DirectoryNotFoundException => new UserError($"--keys: there is no file {path}"),
            IOException => new UserError($"--keys: {path} is in use: another command works with these keys now, wait for it"),
            JsonException or FormatException or ArgumentException => NoKeys(path),
            _ => null,
        };

        private static JsonElement Single(string path, JsonElement root)
        {
            IEnumerable<JsonElement> units = root.ValueKind == JsonValueKind.Array ? root.EnumerateArray() : [root];
            List<JsonElement> meters = units.Where(unit => unit.ValueKind == JsonValueKind.Object
                && unit.TryGetProperty("utility_guek", out _)).ToList();
            return meters.Count switch
            {
                1 => meters[0],
                0 => throw NoKeys(path),
                _ => throw new UserError($"--keys: {path} holds the keys of {meters.Count} metering units: make one with those of this "
                    + "one alone, kms list units --json --mu TITLE --show-secrets"),
            };
        }

        private static string Text(JsonElement unit, string name)
        {
            return unit.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()
                : throw new FormatException();
        }

        private static UserError NoKeys(string path)
        {
            return new UserError($"--keys: {path} holds no keys of the utility to a metering unit: kms list units --json --mu TITLE "
                + "--show-secrets prints them, for a simulated one mu --utility-keys FILE writes them");
        }
    }
}
