using System.Runtime.CompilerServices;

// The unit tests on the device.
[assembly: InternalsVisibleTo("NFUnitTest")]
