using System;
using System.IO;
using Microsoft.CodeAnalysis.CSharp;

namespace NanoComm.Tests.Contract
{
    /// <summary>The device's real core library, from the package nanoFramework.CoreLibrary.</summary>
    internal static class CoreLibrary
    {
        public const string Name = "mscorlib";

        private static readonly Lazy<DeviceAssembly> Library = new(() => Read(Repository.Metadata("CoreLibrary")));

        /// <summary>The library of the version that nanoFramework.Packages.props names.</summary>
        /// <exception cref="FileNotFoundException">The package could not be fetched when this project was built; the
        /// message says what to do.</exception>
        public static DeviceAssembly Assembly => Library.Value;

        /// <summary>Reads the library.</summary>
        /// <param name="path">Absolute path of its mscorlib.dll.</param>
        public static DeviceAssembly Read(string path)
        {
            if (!File.Exists(path))
            {
                throw new FileNotFoundException($"The package nanoFramework.CoreLibrary is not on this machine: {path} is not "
                    + "there. Nothing is known about the device build without it. Run 'dotnet restore "
                    + "tests/Contract/CoreLibrary' with a package feed that has it, then these tests again.");
            }

            return new DeviceAssembly(Name, Array.Empty<Finding>(), File.ReadAllBytes(path), symbols: null,
                Array.Empty<CSharpSyntaxTree>());
        }
    }
}
