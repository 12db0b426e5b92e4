[ x:y#z
 ]
