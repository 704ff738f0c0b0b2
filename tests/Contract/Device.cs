namespace NanoComm.Tests.Contract
{
    /// <summary>The device build that every test shares: nothing is compiled twice.</summary>
    internal static class Device
    {
        public const string SyntheticPath = "firmware/Synthetic.cs";

        /// <summary>The build of this working copy.</summary>
        public static DeviceBuild Build { get; } = new DeviceBuild(Repository.Here);

        /// <summary>One source file compiled as the firmware is, with what the firmware may know.</summary>
        /// <param name="text">The file; it appears as <see cref="SyntheticPath"/>.</param>
        public static DeviceAssembly FirmwareOf(string text)
        {
            return Build.CompileAlone(Build.Project("NanoComm.Firmware"), Build.Synthetic(SyntheticPath, text));
        }
    }
}
