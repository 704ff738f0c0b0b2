using System.Runtime.CompilerServices;

// The unit tests, on .NET and on the device.
[assembly: InternalsVisibleTo("NanoComm.UnitTests")]
[assembly: InternalsVisibleTo("NFUnitTest")]
