namespace nanoFramework.Runtime.Events
{
    // Referenced by other packages, not used by this project.
    public class BaseEvent
    {
    }
}
