using System.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace NanoComm.Tests.Contract
{
    /// <summary>The device build that every test shares: nothing is compiled twice.</summary>
    internal static class Device
    {
        public const string SyntheticPath = "firmware/Synthetic.cs";

        /// <summary>The build of this working copy.</summary>
        public static DeviceBuild Build { get; } = new DeviceBuild(Repository.Here);

        /// <summary>All sources of the firmware's assemblies, with what they may refer to beside each other.</summary>
        public static CSharpCompilation FirmwareSources { get; } = Architecture.FirmwareAssemblies.Select(Build.Project)
            .Aggregate(Build.Sources(Build.Project("NanoComm.Core")).RemoveAllSyntaxTrees(),
                (whole, project) => whole.AddSyntaxTrees(Build.Sources(project).SyntaxTrees));

        /// <summary>The firmware as one assembly, for what concerns it as a whole.</summary>
        public static DeviceAssembly Firmware { get; } = Build.Compile(FirmwareSources);

        /// <summary>One source file compiled as the firmware is, with what the firmware may know.</summary>
        /// <param name="text">The file; it appears as <see cref="SyntheticPath"/>.</param>
        public static DeviceAssembly FirmwareOf(string text)
        {
            return Build.CompileAlone(Build.Project("NanoComm.Core"), Build.Synthetic(SyntheticPath, text));
        }
    }
}
