using System.IO;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>The device sources are compiled against the real core library, or the run says that it is missing.</summary>
    public static class CoreLibraryTests
    {
        [Test]
        public static void Core_library_is_the_package_of_the_stated_version()
        {
            DeviceAssembly library = CoreLibrary.Assembly;

            Assert.That(library.Module.Assembly.Name.Name, Is.EqualTo("mscorlib"));
            Assert.That(library.Module.Assembly.Name.Version.ToString(), Does.StartWith(Repository.Metadata("CoreLibraryVersion")));
        }

        [Test]
        public static void A_missing_package_is_a_failure_that_says_what_to_do()
        {
            string nowhere = Path.Combine(Path.GetTempPath(), "nowhere", "mscorlib.dll");

            Assert.That(() => CoreLibrary.Read(nowhere), Throws.TypeOf<FileNotFoundException>()
                .With.Message.Contains(nowhere).And.Message.Contains("dotnet restore tests/Contract/CoreLibrary"));
        }
    }
}
