using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NanoComm.Keys
{
    /// <summary>PostgreSQL's file of services: <c>[NAME]</c>, and then lines <c>name=value</c>.</summary>
    internal static class ServiceFile
    {
        private const UnixFileMode OthersRead = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

        /// <summary>What the first file says that has the service.</summary>
        /// <param name="name">The service.</param>
        /// <param name="file">The file; null for those that PostgreSQL's own programs read.</param>
        /// <exception cref="LedgerException">None has it.</exception>
        public static Dictionary<string, string> Read(string name, string file)
        {
            string[] files = file is not null ? [file] : Usual().Where(File.Exists).ToArray();
            foreach (string path in files)
            {
                if (Find(path, name) is Dictionary<string, string> values)
                {
                    CheckClosed(path, values);
                    return values;
                }
            }

            throw new LedgerException($"there is no service [{name}] in {string.Join(", ", file is not null ? files : Usual())}: add it "
                + "there, or name another file with PGSERVICEFILE");
        }

        /// <summary>Refuses a file with a password that others can read.</summary>
        public static void RefuseOpen(string path)
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OthersRead) != 0)
            {
                throw new LedgerException($"others can read the password in {path}: shut them out with chmod go= {path}");
            }
        }

        private static void CheckClosed(string path, Dictionary<string, string> values)
        {
            if (values.ContainsKey("password"))
            {
                RefuseOpen(path);
            }
        }

        private static IEnumerable<string> Usual()
        {
            string named = Environment.GetEnvironmentVariable("PGSERVICEFILE");
            yield return !string.IsNullOrEmpty(named) ? named
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".pg_service.conf");
            yield return Path.Combine(Environment.GetEnvironmentVariable("PGSYSCONFDIR") ?? "/etc/postgresql-common", "pg_service.conf");
        }

        private static Dictionary<string, string> Find(string path, string name)
        {
            Dictionary<string, string> values = null;
            foreach (string line in File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
            {
                if (line[0] == '[')
                {
                    if (values is not null)
                    {
                        break;
                    }

                    values = line.TrimEnd(']')[1..] == name ? [] : null;
                }
                else if (values is not null)
                {
                    string[] parts = line.Split('=', 2);
                    values[parts[0].Trim()] = parts.Length > 1 ? parts[1].Trim()
                        : throw new LedgerException($"{path}: '{line}' is no setting: it is to be name=value");
                }
            }

            return values;
        }
    }
}
