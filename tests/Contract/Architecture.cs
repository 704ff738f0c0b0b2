using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Mono.Cecil;

namespace NanoComm.Tests.Contract
{
    /// <summary>Which rooms a device assembly of the firmware has and which assemblies it may know: the table of
    /// docs/architecture.md. Inside the firmware: <see cref="ArrowTable"/>.</summary>
    internal static class Architecture
    {
        public const string ForeignReference = nameof(ForeignReference);
        public const string ForeignRoom = nameof(ForeignRoom);

        private const string Hal = "NanoComm.Hal";

        private static readonly Regex Name = new(@"`([A-Za-z.]+)`");
        private static readonly Regex Row = new(@"^\| `NanoComm\.\w+` \|", RegexOptions.Multiline);

        private static readonly Dictionary<string, (string[] Rooms, string[] References)> Table = Read(Repository.Here);

        /// <summary>The assemblies that the firmware is on the device.</summary>
        public static IReadOnlyCollection<string> FirmwareAssemblies => Table.Keys;

        /// <summary>The rooms of one of them.</summary>
        public static IReadOnlyList<string> RoomsOf(string assembly)
        {
            return Table[assembly].Rooms;
        }

        /// <summary>What a project declares that it references.</summary>
        /// <param name="project">The project.</param>
        /// <param name="nameOf">The assembly that a project file makes.</param>
        public static IEnumerable<Finding> CheckReferences(DeviceProject project, Func<string, string> nameOf)
        {
            IEnumerable<string> names = project.References.Select(DeviceProject.SimpleName)
                .Concat(project.ProjectReferences.Select(nameOf));
            return CheckReferences(project.AssemblyName, project.Name, names);
        }

        /// <summary>What an assembly references in fact.</summary>
        public static IEnumerable<Finding> CheckReferences(ModuleDefinition module)
        {
            string name = module.Assembly.Name.Name;
            return CheckReferences(name, name, module.AssemblyReferences.Select(reference => reference.Name));
        }

        /// <summary>Holds an assembly's rooms to its row, both ways.</summary>
        public static IEnumerable<Finding> CheckRooms(ModuleDefinition module)
        {
            string name = module.Assembly.Name.Name;
            if (!Table.TryGetValue(name, out (string[] Rooms, string[] References) row))
            {
                return Enumerable.Empty<Finding>();
            }

            List<string> rooms = module.GetTypes().Select(ArrowTable.RoomOf).Where(room => room != null).Distinct().ToList();
            return rooms.Except(row.Rooms)
                .Select(room => new Finding(name, ForeignRoom, $"has the room {room}, which {ArrowTable.Page} puts elsewhere"))
                .Concat(row.Rooms.Except(rooms)
                    .Select(room => new Finding(name, ForeignRoom, $"has no room {room}, which {ArrowTable.Page} puts here")));
        }

        private static IEnumerable<Finding> CheckReferences(string assembly, string place, IEnumerable<string> references)
        {
            string[] allowed = assembly == Hal ? new[] { CoreLibrary.Name }
                : Table.TryGetValue(assembly, out (string[] Rooms, string[] References) row)
                    ? row.References.Prepend(CoreLibrary.Name).ToArray()
                : null;
            return allowed == null ? Enumerable.Empty<Finding>()
                : references.Except(allowed).Select(reference => new Finding(place, ForeignReference,
                    $"references {reference}; {assembly} knows {string.Join(" and ", allowed)} only"));
        }

        private static Dictionary<string, (string[] Rooms, string[] References)> Read(Repository repository)
        {
            return File.ReadAllLines(repository.Absolute(ArrowTable.Page)).Where(line => Row.IsMatch(line))
                .Select(line => line.Split('|'))
                .ToDictionary(cells => Names(cells[1])[0], cells => (Names(cells[2]), Names(cells[3])));
        }

        private static string[] Names(string cell)
        {
            return Name.Matches(cell).Select(match => match.Groups[1].Value).ToArray();
        }
    }
}
