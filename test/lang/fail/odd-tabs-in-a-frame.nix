[	1		(throw	"a	b") ]
